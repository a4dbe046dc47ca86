package quickpage.index.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;
import quickpage.index.local.SandboxProcess;

/** {@code quickpage-index sandbox}: hands its words to the sandbox's own command line. */
@Command(
    name = "sandbox",
    description =
        "Starts a NeuPrint server with generated data, or with yours, for trying and testing.")
final class StartSandboxCommand implements Callable<Integer> {

  @Unmatched private final List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    return SandboxProcess.run(arguments);
  }
}
