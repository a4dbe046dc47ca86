package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.json.Json;
import quickpage.index.stack.SyncExcludes;

/** {@code quickpage-index sync-excludes}. */
@Command(
    name = "sync-excludes",
    description =
        "Prints the --exclude options with which aws s3 sync leaves alone what runs have published"
            + " in a stack's site, one on a line; xargs takes them.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SyncExcludesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StackFlags stack;

  @Option(names = "--json", description = "Print one JSON object with the patterns.")
  private boolean json;

  @Override
  public Integer call() {
    List<String> patterns = stack.with(SyncExcludes::of);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode answer = Json.MAPPER.createObjectNode();
      answer.set("excludes", Json.MAPPER.valueToTree(patterns));
      out.println(answer);
    } else {
      SyncExcludes.options(patterns).forEach(out::println);
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
