package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader has to load of a whole brain's catalogue. */
@Tag("browser")
class SizeIT {
  private static final long MOST_BYTES = 420_000;

  @Test
  void pageOfAWholeBrainIsLessThan420KilobytesGzipped(@TempDir Path folder) throws IOException {
    DemoSite site = DemoSite.write(folder, GeneratedEntries.of(GeneratedEntries.MALE_CNS_TYPES, 1));

    assertThat(site.loaded()).hasSize(4);
    assertThat(site.loaded().stream().mapToLong(DemoSite::gzipped).sum())
        .isBetween(200_000L, MOST_BYTES);
  }
}
