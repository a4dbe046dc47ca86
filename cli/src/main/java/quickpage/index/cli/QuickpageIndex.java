package quickpage.index.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import quickpage.index.bench.BenchCommand;
import quickpage.index.error.RefusedException;
import quickpage.index.local.NoSandboxException;
import quickpage.index.model.TransientFailure;
import quickpage.index.stack.WrongSettingException;

/** {@code ./quickpage-index}. */
@Command(
    name = "quickpage-index",
    description = "Builds the index of a neuron type catalogue from NeuPrint.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "The NeuPrint token is read from NEUPRINT_APPLICATION_CREDENTIALS or NEUPRINT_TOKEN, bare or"
          + " as",
      "the JSON document that NeuPrint gives.",
      "Exit code: 0 done, 1 the run failed, 2 wrong usage or missing token,",
      "128 + signal when stopped."
    })
public final class QuickpageIndex implements Runnable {

  /** In the order in which the help lists them. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          RunCommand.class,
          ServeCommand.class,
          HistoryCommand.class,
          RollbackCommand.class,
          StartSandboxCommand.class,
          DiffCommand.class,
          CacheCommand.class,
          StartCommand.class,
          WatchCommand.class,
          ReportCommand.class,
          HoldCommand.class,
          ResumeCommand.class,
          SyncExcludesCommand.class,
          BenchCommand.class);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    if (!PreparedAnswer.print(arguments)) {
      System.exit(StopSignals.during(() -> execute(arguments)));
    }
  }

  /** Runs a command and gives its exit code. */
  static int execute(String... arguments) {
    CommandLine commandLine = commandLine(arguments);
    return commandLine
        .setOut(VisibleWriter.over(commandLine.getOut()))
        .setErr(VisibleWriter.over(commandLine.getErr()))
        .execute(arguments);
  }

  /** Knows the command that the arguments begin with; all commands if they begin with none. */
  static CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new QuickpageIndex());
    // Reading one command's annotations takes a tenth of the time that reading all would.
    List<Class<?>> named =
        COMMANDS.stream()
            .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
            .toList();
    for (Class<?> command : named.isEmpty() ? COMMANDS : named) {
      commandLine.addSubcommand(command);
    }
    return commandLine
        .setExecutionExceptionHandler(QuickpageIndex::explainFailure)
        .setParameterExceptionHandler(QuickpageIndex::explainWrongUsage)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** One sentence; a stack trace only for what is a defect. */
  private static int explainFailure(
      Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (exception instanceof UsageException
        || exception instanceof WrongSettingException
        || exception instanceof NoSandboxException) {
      err.println(exception.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (exception instanceof RefusedException || exception instanceof TransientFailure) {
      err.println(exception.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    exception.printStackTrace(err);
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int explainWrongUsage(ParameterException exception, String[] arguments) {
    PrintWriter err = exception.getCommandLine().getErr();
    err.println(exception.getMessage());
    if (exception instanceof CommandLine.UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        err.println("Did you mean " + String.join(" or ", near) + "?");
      }
    }
    err.println(
        "See %s --help.".formatted(exception.getCommandLine().getCommandSpec().qualifiedName()));
    return CommandLine.ExitCode.USAGE;
  }
}
