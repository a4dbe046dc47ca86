package quickpage.index.local;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** File names, which are bytes, as the texts that keys are. */
public final class FileNames {
  /** What Java reads and writes the names of files in. */
  public static final String ENCODING = System.getProperty("sun.jnu.encoding");

  private FileNames() {}

  /** Whether a file is found again by the text of its name. */
  public static boolean isText(Path file) {
    try {
      return file.resolveSibling(file.getFileName().toString()).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The name with {@code %E9} for a byte, as in a URL. */
  public static String escaped(Path file) {
    String path = file.toUri().getRawPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
