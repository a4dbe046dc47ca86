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
    if (file != null && !Files.isRegularFile(file)) {
      throw new UsageException(
          "--references %s is not a file%s."
              .formatted(file, Files.exists(file) ? "" : "; there is nothing of that name"));
    }
    if (file != null && !Files.isReadable(file)) {
      throw new UsageException("--references %s cannot be read.".formatted(file));
    }
    return file == null ? null : file.toAbsolutePath().normalize();
  }
}
