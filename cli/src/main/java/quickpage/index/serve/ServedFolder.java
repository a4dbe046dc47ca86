package quickpage.index.serve;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a folder that may be served: none outside it, and none that runs keep. */
final class ServedFolder {

  private static final String OWN = ".quickpage-index";

  /** Without links, so that what a link leads to can be compared with it. */
  private final Path root;

  /**
   * A folder.
   *
   * @throws IOException if it is not there
   */
  ServedFolder(Path folder) throws IOException {
    this.root = folder.toRealPath();
  }

  /** What an address stands for. */
  sealed interface Found {}

  /** A file that can be read. */
  record Served(Path file) implements Found {}

  /** A folder that was asked for without the slash, which links in its page rest on. */
  record Moved(String rawPath) implements Found {}

  /** Nothing that is served. */
  record Missing() implements Found {}

  /**
   * Finds a file.
   *
   * @param rawPath of the address, percent-encoded, beginning with a slash
   */
  Found find(String rawPath) {
    String path;
    try {
      // A plus is a plus in a path; only in a query it stands for a space.
      path = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return new Missing();
    }
    boolean folder = path.endsWith("/");
    String inside =
        path.substring(1, folder && path.length() > 1 ? path.length() - 1 : path.length());
    Optional<Path> found = inside.isEmpty() ? Optional.of(root) : below(inside);
    if (found.isPresent() && Files.isDirectory(found.get())) {
      if (!folder) {
        return new Moved(rawPath + "/");
      }
      found = below(inside.isEmpty() ? "index.html" : inside + "/index.html");
    } else if (folder) {
      return new Missing();
    }
    return found
        .filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
        .<Found>map(Served::new)
        .orElse(new Missing());
  }

  /** Where a path leads, links followed, if that is below the folder and is not kept by runs. */
  private Optional<Path> below(String path) {
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || List.of(".", "..").contains(name) || name.indexOf('\\') >= 0) {
        return Optional.empty();
      }
    }
    try {
      Path file = root.resolve(path).toRealPath();
      return file.startsWith(root)
              && !root.relativize(file).getName(0).toString().equalsIgnoreCase(OWN)
          ? Optional.of(file)
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether a file's name holds a hash of its content, so that browsers may keep it for good. */
  boolean isHashed(Path file) {
    Path path = root.relativize(file);
    return path.startsWith(Path.of("static", "index"))
        && path.getFileName().toString().matches(".+-[0-9a-f]{20}\\.[a-z]+");
  }
}
