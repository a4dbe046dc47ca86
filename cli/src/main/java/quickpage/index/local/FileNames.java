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
    if (isAscii(file.toString())) {
      // A byte that is no text is shown as U+FFFD.
      return true;
    }
    try {
      return file.resolveSibling(file.getFileName().toString()).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isAscii(String path) {
    for (int at = 0; at < path.length(); at++) {
      if (path.charAt(at) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The name with {@code %E9} for a byte, as in a URL. */
  public static String escaped(Path file) {
    String path = file.toUri().getRawPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
