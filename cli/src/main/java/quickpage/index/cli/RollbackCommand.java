package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.site.Publications.RolledBack;
import quickpage.index.stack.Rollback;

/** {@code quickpage-index rollback}. */
@Command(
    name = "rollback",
    description =
        "Publishes the previous index again, or what was there before the first one; uploads then"
            + " start nothing until resume, or until a person starts a run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RollbackCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StackFlags stack;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    StopSignals.finishFirst();
    RolledBack done =
        stack.with(
            (account, deployment) -> new Rollback(account, deployment, Clock.systemUTC()).run());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("from", done.from()).put("to", done.to());
      answer.put("run", done.to() == 0 ? null : done.run());
      answer.put("generatedAt", done.to() == 0 ? null : done.generatedAt());
      out.println(answer);
    } else {
      out.println(
          "Readers see %s again, instead of publication %d."
              .formatted(Rollback.inWords(done), done.from()));
      out.println("Uploads start nothing until: quickpage-index resume --stack " + stack.name());
    }
    return CommandLine.ExitCode.OK;
  }
}
