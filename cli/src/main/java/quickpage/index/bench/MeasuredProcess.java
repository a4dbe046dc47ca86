package quickpage.index.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import quickpage.index.error.RefusedException;

/**
 * A process that has ended.
 *
 * @param seconds from its start to its end
 * @param processorSeconds of all processors, in the process and those that it started and waited
 *     for, user and system
 * @param out its stdout
 */
record MeasuredProcess(double seconds, double processorSeconds, String out) {

  /** The shell's own measure: Java cannot ask for the processor time of a process that ended. */
  private static final String TIMED =
      "TIMEFORMAT='%3R %3U %3S'; { time \"${@:2}\" 2>&3; } 3>&2 2>\"$1\"";

  /**
   * Runs a command to its end.
   *
   * @param environment beside this process's own; tokens belong here, arguments can be seen
   * @param folder for what the process says
   * @throws RefusedException with the end of what it said if it fails
   */
  static MeasuredProcess run(Map<String, String> environment, Path folder, List<String> words) {
    Path times = folder.resolve("times");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command = new ArrayList<>(List.of("bash", "-c", TIMED, "bash", times.toString()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // The measure has a decimal point.
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      Thread stop = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(stop);
      int exitCode = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(stop);
      String said = Files.readString(out);
      if (exitCode != 0) {
        throw new RefusedException(
            "%s failed: %s".formatted(words.get(0), end(said + Files.readString(err))));
      }
      double[] measured =
          Pattern.compile(" ")
              .splitAsStream(Files.readString(times).strip())
              .mapToDouble(Double::parseDouble)
              .toArray();
      return new MeasuredProcess(measured[0], measured[1] + measured[2], said);
    } catch (IOException e) {
      throw new UncheckedIOException(words.get(0) + " cannot be measured", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String end(String text) {
    return text.strip().substring(Math.max(0, text.strip().length() - 1_000));
  }
}
