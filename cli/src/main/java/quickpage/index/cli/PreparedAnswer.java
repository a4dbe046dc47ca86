package quickpage.index.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers {@code --version} and {@code --help} from a file, for reading all commands takes several
 * times as long as starting the JVM. A test holds the file equal to what the commands say.
 */
final class PreparedAnswer {

  private PreparedAnswer() {}

  /** Prints the answer if there is one; gives whether there was. */
  static boolean print(String... arguments) {
    if (arguments.length != 1) {
      return false;
    }
    switch (arguments[0]) {
      case "--version", "-V" -> System.out.println(Version.text());
      case "--help", "-h" -> write(System.out);
      default -> {
        return false;
      }
    }
    System.out.flush();
    return true;
  }

  private static void write(PrintStream out) {
    try (InputStream help = PreparedAnswer.class.getResourceAsStream("help.txt")) {
      out.print(new String(help.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the help cannot be read", e);
    }
  }
}
