package quickpage.index.endtoend;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a user types to run the workflow for a folder of pages. */
final class RunWords {

  private RunWords() {}

  /** For a dataset whose server is asked itself. */
  static String[] of(Path site, Path cache, ServedDataset dataset, String... more) {
    return of(site, cache, dataset.server(), dataset.name(), more);
  }

  /**
   * The words.
   *
   * @param more flags beside those that name the places
   */
  static String[] of(Path site, Path cache, String server, String dataset, String... more) {
    List<String> words =
        List.of(
            "run",
            "--site",
            site.toString(),
            "--cache",
            cache.toString(),
            "--server",
            server,
            "--dataset",
            dataset);
    return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
  }
}
