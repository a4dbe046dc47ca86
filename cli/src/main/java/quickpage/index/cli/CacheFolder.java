package quickpage.index.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the cache is on this machine. */
final class CacheFolder {

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Folder of the cache. Default: $XDG_CACHE_HOME/quickpage-index or"
              + " ~/.cache/quickpage-index.")
  private Path given;

  boolean isGiven() {
    return given != null;
  }

  /**
   * Before anything is started that would do without it.
   *
   * @throws UsageException if a folder was named that is none
   */
  void checkKind() {
    if (isGiven()) {
      FolderToWrite.checkKind("--cache", path());
    }
  }

  Path path() {
    if (given != null) {
      return given.toAbsolutePath().normalize();
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isBlank() || !Path.of(xdg).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return caches.resolve("quickpage-index");
  }
}
