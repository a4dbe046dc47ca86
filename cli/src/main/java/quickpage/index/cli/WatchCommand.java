package quickpage.index.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.stack.DeployedRun;
import quickpage.index.stack.RunFollower;
import quickpage.index.stack.Runs;

/** {@code quickpage-index watch}. */
@Command(
    name = "watch",
    description = "Follows a run of a deployed stack to its end; exit code 1 if it failed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class WatchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StackFlags stack;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "Which run. Default: the one that was started last.")
  private String run;

  @Option(names = "--json", description = "Print one JSON object on stdout, progress on stderr.")
  private boolean json;

  @Override
  public Integer call() {
    return stack.with(
        (account, deployment) -> {
          Runs runs = Runs.of(account, deployment);
          return follow(runs.namedOrLatest(run), runs, spec.commandLine(), json);
        });
  }

  /** Shows progress until the run ends, then its summary; gives the exit code. */
  static int follow(DeployedRun begun, Runs runs, CommandLine command, boolean json) {
    command.getErr().println("Run %s".formatted(begun.name()));
    command.getErr().flush();
    DeployedRun ended;
    try (Progress progress = new Progress(command.getErr(), Terminal.isInteractive())) {
      ended = new RunFollower(runs, progress).toItsEnd(begun);
    }
    return RunSummary.of(ended, runs).print(command, json);
  }
}
