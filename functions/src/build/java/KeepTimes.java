import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives generated sources back the time of when their content last changed. jte writes them at each
 * build, and the compiler would take each of them for changed and compile all modules anew.
 *
 * <pre>java KeepTimes.java GENERATED COPIES</pre>
 *
 * COPIES is a folder with the files of the last build, in which their times are kept.
 */
final class KeepTimes {

  private KeepTimes() {}

  public static void main(String[] arguments) throws IOException {
    Path generated = Path.of(arguments[0]);
    Path copies = Path.of(arguments[1]);
    List<Path> files;
    try (Stream<Path> all = Files.walk(generated)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = copies.resolve(generated.relativize(file).toString());
      if (Files.exists(copy) && Files.mismatch(file, copy) < 0) {
        Files.setLastModifiedTime(file, Files.getLastModifiedTime(copy));
      } else {
        Files.createDirectories(copy.getParent());
        Files.copy(
            file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
