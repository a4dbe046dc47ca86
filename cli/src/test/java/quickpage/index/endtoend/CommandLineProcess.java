package quickpage.index.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The command line as a process of its own, as a user starts it. */
public final class CommandLineProcess {
  private final Process process;
  private final Path out;
  private final Path err;

  /** What a command that has ended left behind. */
  public record Ended(int exitCode, String out, String err) {}

  /**
   * Starts a command.
   *
   * @param environment beside the inherited one, from which every token and everything that AWS
   *     reads is taken
   */
  public static CommandLineProcess start(Map<String, String> environment, String... arguments) {
    return started(environment, words(arguments));
  }

  /**
   * Starts a command with its stderr on a terminal, which {@code script} of util-linux makes; what
   * the terminal was sent is the process's output.
   *
   * @param stdout where the command's own output goes
   */
  static CommandLineProcess onTerminal(
      Map<String, String> environment, Path stdout, String... arguments) {
    String command =
        words(arguments).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "", " >'" + stdout + "'"));
    return started(environment, List.of("script", "-q", "-e", "-c", command, "/dev/null"));
  }

  /**
   * Runs a command that sees a disk of its own, in memory, at a folder.
   *
   * @param mountOptions such as {@code size=4k} or {@code ro}
   */
  static Ended onDisk(
      Path mountPoint, String mountOptions, Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o \"$1\" none \"$2\" && shift 2 && exec \"$@\"",
                "sh",
                mountOptions,
                mountPoint.toString()));
    command.addAll(words(arguments));
    return started(environment, command).end();
  }

  /**
   * Runs a command on a disk of its own that holds something, and copies what is there afterwards.
   *
   * @param content what the disk holds before
   * @param mountPoint where the command sees the disk
   * @param left an empty folder for what the disk holds afterwards
   */
  static Ended onDiskWith(
      Path content,
      Path mountPoint,
      Path left,
      String mountOptions,
      Map<String, String> environment,
      String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o \"$1\" none \"$2\" && cp -r \"$3/.\" \"$2\" || exit 99;"
                    + " disk=$2; left=$4; shift 4; \"$@\"; code=$?;"
                    + " cp -r \"$disk/.\" \"$left\"; exit $code",
                "sh",
                mountOptions,
                mountPoint.toString(),
                content.toString(),
                left.toString()));
    command.addAll(words(arguments));
    return started(environment, command).end();
  }

  /**
   * Starts a command by way of another, such as {@code nohup}, which becomes it.
   *
   * @param prefix the other's words
   */
  static CommandLineProcess startBy(
      List<String> prefix, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(words(arguments));
    return started(environment, command);
  }

  /** Whether this system lets a process have a disk of its own. */
  static boolean hasOwnDisks() {
    try {
      return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> words(String... arguments) {
    List<String> command = new ArrayList<>(BuiltCommand.words());
    command.addAll(List.of(arguments));
    return command;
  }

  private static CommandLineProcess started(Map<String, String> environment, List<String> command) {
    try {
      return new CommandLineProcess(environment, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CommandLineProcess(Map<String, String> environment, List<String> command)
      throws IOException {
    out = Files.createTempFile("quickpage-index-test", ".out");
    err = Files.createTempFile("quickpage-index-test", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("NEUPRINT_") || name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has said so far. */
  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal by its name, such as {@code TERM}. */
  void signal(String name) throws IOException, InterruptedException {
    int sent =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    if (sent != 0) {
      throw new IOException("kill ended with " + sent);
    }
  }

  /** Waits until it has said something on stderr; false if it ended, or a minute did, before. */
  boolean saysOnErr(String words) throws IOException, InterruptedException {
    Instant patience = Instant.now().plus(Duration.ofMinutes(1));
    while (!Files.readString(err).contains(words)) {
      if (!isAlive() || Instant.now().isAfter(patience)) {
        return Files.readString(err).contains(words);
      }
      Thread.sleep(20);
    }
    return true;
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end. */
  public Ended end() {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("The command did not end:\n" + Files.readString(err));
      }
      Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static Ended run(Map<String, String> environment, String... arguments) {
    return start(environment, arguments).end();
  }
}
