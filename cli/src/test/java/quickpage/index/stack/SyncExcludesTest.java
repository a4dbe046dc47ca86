package quickpage.index.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quickpage.index.site.publish.Publications.Kept;
import quickpage.index.site.publish.Publications.ReleaseStatus;

class SyncExcludesTest {

  private static Kept kept(int number, ReleaseStatus status, String... files) {
    return new Kept(number, "run", "2026-01-01T00:00:00Z", status, List.of(files));
  }

  @Test
  void whatReadersSeeOfOursIsExcludedAndWhatRunsKeep() {
    assertThat(
            SyncExcludes.of(
                List.of(
                    kept(2, ReleaseStatus.CURRENT, "data/index.json", "types.html"),
                    kept(1, ReleaseStatus.EARLIER, "catalogue.html"),
                    kept(0, ReleaseStatus.EARLIER, "index.html"))))
        .containsExactly(
            ".quickpage-index/*",
            "static/index/*",
            "quickpage-index.json",
            "quickpage-index-references.csv",
            "data/index.json",
            "types.html");
  }

  @Test
  void aSiteThatWentBackToItsOwnPageHasThatPageSynced() {
    assertThat(
            SyncExcludes.of(
                List.of(
                    kept(1, ReleaseStatus.WITHDRAWN, "types.html"),
                    kept(0, ReleaseStatus.CURRENT, "types.html"))))
        .containsExactly(
            ".quickpage-index/*",
            "static/index/*",
            "quickpage-index.json",
            "quickpage-index-references.csv");
    assertThat(SyncExcludes.of(List.of())).hasSize(4);
  }

  @Test
  void aNameIsExcludedAsItIs() {
    List<String> patterns =
        SyncExcludes.of(List.of(kept(1, ReleaseStatus.CURRENT, "it's [a] *?.html")));

    assertThat(patterns).contains("it's [[]a] [*][?].html");
    assertThat(SyncExcludes.options(patterns))
        .containsExactly(
            "--exclude '.quickpage-index/*'",
            "--exclude 'static/index/*'",
            "--exclude 'quickpage-index.json'",
            "--exclude 'quickpage-index-references.csv'",
            "--exclude 'it'\\''s [[]a] [*][?].html'");
  }
}
