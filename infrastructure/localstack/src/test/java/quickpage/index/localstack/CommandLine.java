package quickpage.index.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command as a process, as the launcher starts it. */
final class CommandLine {
  private CommandLine() {}

  /** How it ended. */
  record Ended(int exitCode, String out, String err) {}

  /**
   * Runs a command to its end.
   *
   * @param environment beside the inherited one, from which every token and everything that AWS
   *     reads is taken
   */
  static Ended run(Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("quickpage.index.cli.QuickpageIndex");
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("quickpage-index-localstack", ".out");
      Path err = Files.createTempFile("quickpage-index-localstack", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("NEUPRINT_") || name.startsWith("AWS_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
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
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
