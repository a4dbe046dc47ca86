package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.stack.UploadStarts;

/** {@code quickpage-index hold}. */
@Command(
    name = "hold",
    description =
        "Stops starts by upload: pages may come and go, and nothing runs until resume, or until a"
            + " person starts a run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class HoldCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StackFlags stack;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for whoever looks at it later.")
  private String reason;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    StopSignals.finishFirst();
    String held =
        stack.with(
            (account, deployment) ->
                new UploadStarts(account, deployment).hold(account.caller(), reason));
    spec.commandLine()
        .getOut()
        .println(
            json
                ? JsonNodeFactory.instance.objectNode().put("held", held)
                : "Uploads start nothing now (held by %s). Allow it again: quickpage-index resume --stack %s"
                    .formatted(held, stack.name()));
    return CommandLine.ExitCode.OK;
  }
}
