package quickpage.index.sandbox;

import picocli.CommandLine;

/** Starts the command. Exit codes: 0 done, 1 it failed, 2 wrong usage or input. */
public final class SandboxMain {
  private SandboxMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SandboxServerCommand())
        .setExecutionExceptionHandler(SandboxServerCommand::explain)
        .setUsageHelpWidth(110);
  }
}
