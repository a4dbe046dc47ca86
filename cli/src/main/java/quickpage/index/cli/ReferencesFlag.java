package quickpage.index.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A bibliography, as a user names it. */
final class ReferencesFlag {

  @Option(
      names = "--references",
      paramLabel = "FILE",
      description =
          "A bibliography in CSV, a text and an address or DOI in each line: where a synonym refers"
              + " to a text (\"Nern 2025\"), the page links to its address. neuView's"
              + " input/citations.csv is one. Default: quickpage-index-references.csv in the site.")
  private Path file;

  boolean isGiven() {
    return file != null;
  }

  /**
   * The file, absolute; null for the site's own.
   *
   * @throws UsageException if it is none or cannot be read
   */
  Path path() {
    if (file == null) {
      return null;
    }
    refuseUnlessReadable(file, "");
    return file.toAbsolutePath().normalize();
  }

  /**
   * The file that the site's last run was given, which another run shall have, too.
   *
   * @throws UsageException if it is none any more or cannot be read
   */
  static Path ofTheLastRun(Path file) {
    refuseUnlessReadable(
        file, " The site's last run had it; give --references to name another file.");
    return file;
  }

  private static void refuseUnlessReadable(Path file, String advice) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "--references %s is not a file%s.%s"
              .formatted(
                  file, Files.exists(file) ? "" : "; there is nothing of that name", advice));
    }
    if (!Files.isReadable(file)) {
      throw new UsageException("--references %s cannot be read.%s".formatted(file, advice));
    }
  }
}
