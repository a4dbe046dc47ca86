package quickpage.index.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypePages;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiShare;

class IndexJsonWriterTest {

  static final Instant BEGAN = Instant.parse("2026-11-22T10:00:00.987Z");
  static final IndexedDataset MALE_CNS =
      IndexedDataset.of(
          "https://neuprint.example", new DatasetVersion("male-cns:v0.9", "5a3f", "2026-01-02"));

  @TempDir Path temporary;

  @Test
  void writesTheFileThatIsExpected() throws IOException {
    assertThat(write(MALE_CNS, SampleEntries.SORTED)).isEqualTo(Golden.read("index.json"));
  }

  @Test
  void writesAnIndexOfADatasetThatWasNotAsked() throws IOException {
    IndexedDataset named = IndexedDataset.notAsked("https://neuprint.example", "male-cns:v0.9");
    assertThat(write(named, SampleEntries.IN_THE_ROOT))
        .isEqualTo(Golden.read("index-not-asked.json"));
  }

  @Test
  void writesAnEmptyIndex() throws IOException {
    IndexedDataset nameless = IndexedDataset.of("s", new DatasetVersion("d", "", null));
    assertThat(write(nameless, List.of()))
        .isEqualTo(
            """
            {"schemaVersion":2,
            "generatedAt":"2026-11-22T10:00:00Z",
            "dataset":{"server":"s","name":"d","uuid":null,"lastDatabaseEdit":null},
            "totals":{"types":0,"neurons":0,"preSynapses":0,"postSynapses":0,"unavailable":0},
            "types":[],
            "groups":[]}
            """);
  }

  @Test
  void addsUpWhatIsKnown() throws IOException {
    try (IndexJsonWriter writer = writer(MALE_CNS, SampleEntries.SORTED)) {
      assertThat(writer.totals()).isEqualTo(new IndexTotals(5, 36, 3, 6, 1));
    }
  }

  @Test
  void sortsGroupsByNameAndPutsOtherLast() throws IOException {
    List<IndexEntry> entries =
        List.of(under("A", "a"), under("B", ""), under("C", "Z"), under("D", "a"), under("E", "z"));
    try (IndexJsonWriter writer = writer(MALE_CNS, entries)) {
      assertThat(writer.groups())
          .containsExactly(
              new IndexGroup("Z", List.of("C")),
              new IndexGroup("a", List.of("A", "D")),
              new IndexGroup("z", List.of("E")),
              new IndexGroup("Other", List.of("B")));
    }
  }

  @Test
  void refusesEntriesOutOfOrderOrTwice() throws IOException {
    try (IndexJsonWriter writer = writer(MALE_CNS, List.of(under("\uFFFD", "")))) {
      writer.add(under("\uD83E\uDDE0", ""));
      assertThatThrownBy(() -> writer.add(under("\uD83E\uDDE0", "")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.add(under("A", "")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("A came after \uD83E\uDDE0");
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    write(MALE_CNS, SampleEntries.SORTED);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void takesNoMoreEntriesOnceWritten() throws IOException {
    try (IndexJsonWriter writer = writer(MALE_CNS, List.of())) {
      writer.writeTo(new ByteArrayOutputStream());
      assertThatThrownBy(() -> writer.add(under("A", "")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private String write(IndexedDataset dataset, List<IndexEntry> entries) throws IOException {
    try (IndexJsonWriter writer = writer(dataset, entries)) {
      ByteArrayOutputStream first = new ByteArrayOutputStream();
      writer.writeTo(first);
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      writer.writeTo(again);
      assertThat(again.toByteArray()).isEqualTo(first.toByteArray());
      return first.toString(StandardCharsets.UTF_8);
    }
  }

  private IndexJsonWriter writer(IndexedDataset dataset, List<IndexEntry> entries)
      throws IOException {
    IndexJsonWriter writer = new IndexJsonWriter(BEGAN, dataset, temporary.resolve("entries"));
    for (IndexEntry entry : entries) {
      writer.add(entry);
    }
    return writer;
  }

  private static IndexEntry under(String name, String parent) {
    TypeFacts facts =
        new TypeFacts(
            name,
            new SideCounts(1, 0, 0, 0),
            new SynapseCounts(0, 0),
            List.of(),
            TypeProperties.NONE);
    return IndexEntry.described(
        facts,
        new TypePages(name + ".html", null, null, null),
        List.of(new RoiShare("X", 1, 1, 2, 100, 100, null)),
        parent,
        List.of());
  }
}
