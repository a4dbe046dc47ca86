package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.stack.UploadStarts;

/** {@code quickpage-index resume}. */
@Command(
    name = "resume",
    description =
        "Allows starts by upload again, after hold or rollback; what was uploaded meanwhile starts"
            + " a run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ResumeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StackFlags stack;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    StopSignals.finishFirst();
    Optional<String> was =
        stack.with((account, deployment) -> new UploadStarts(account, deployment).resume());
    spec.commandLine()
        .getOut()
        .println(
            json
                ? JsonNodeFactory.instance.objectNode().put("wasHeld", was.orElse(null))
                : was.map("Uploads start runs again (it was held by %s)."::formatted)
                    .orElse("Nothing was held: uploads start runs, as before."));
    return CommandLine.ExitCode.OK;
  }
}
