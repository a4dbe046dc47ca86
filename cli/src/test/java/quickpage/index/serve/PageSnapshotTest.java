package quickpage.index.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageSnapshotTest {
  @TempDir private Path site;
  @TempDir private Path elsewhere;
  private PageSnapshot before;

  @BeforeEach
  void lookOnce() throws IOException {
    write("types/A.html", "a");
    write("types/B.html", "b");
    before = look();
  }

  private PageSnapshot look() {
    return PageSnapshot.of(site, Set.of("mine.html"), List.of(elsewhere.resolve("works.csv")));
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(site.resolve(path).getParent());
    Files.writeString(site.resolve(path), text);
    Files.setLastModifiedTime(
        site.resolve(path), FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
  }

  @Test
  void seesAPageThatCameWentGrewOrWasTouched() throws IOException {
    write("types/C.html", "c");
    assertThat(look()).isNotEqualTo(before);
    Files.delete(site.resolve("types/C.html"));
    assertThat(look()).isEqualTo(before);
    write("types/A.html", "longer");
    assertThat(look()).isNotEqualTo(before);
    write("types/A.html", "a");
    assertThat(look()).isEqualTo(before);
    Files.setLastModifiedTime(
        site.resolve("types/A.html"), FileTime.from(Instant.parse("2026-01-02T03:04:06Z")));
    assertThat(look()).isNotEqualTo(before);
    Files.delete(site.resolve("types/A.html"));
    assertThat(look().pages()).isEqualTo(1);
  }

  @Test
  void seesWhatTheOwnerSaysWhichIsNoPage() throws IOException {
    for (Path file :
        List.of(
            site.resolve("quickpage-index.json"),
            site.resolve("quickpage-index-references.csv"),
            elsewhere.resolve("works.csv"))) {
      Files.writeString(file, "x");
      assertThat(look()).isNotEqualTo(before);
      assertThat(look().pages()).isEqualTo(2);
      Files.delete(file);
      assertThat(look()).isEqualTo(before);
    }
  }

  @Test
  void passesOverWhatIsNoPage() throws IOException {
    write("types/notes.txt", "x");
    write("types/index.html", "x");
    write("types.html", "x");
    write("help.html", "x");
    write("data/index.json", "x");

    assertThat(look()).isEqualTo(before);
  }

  @Test
  void looksInTheRootWhereNoPagesAreInTypes() throws IOException {
    Files.delete(site.resolve("types/A.html"));
    Files.delete(site.resolve("types/B.html"));
    write("A.html", "a");
    write("mine.html", "an index under a name of its own");
    write("index.html", "x");

    assertThat(look().pages()).isEqualTo(1);
  }
}
