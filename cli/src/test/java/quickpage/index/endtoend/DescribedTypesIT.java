package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.client.NeuPrintClient;
import quickpage.index.neuprint.token.EnvironmentToken;

/** What Neo4j answers to the queries for neurons that lack much, with APOC and without. */
class DescribedTypesIT {
  private static final String NEURONS =
      """
      bodyId,type,somaSide,synonyms,class,pre,post,roiInfo
      3,A,L,third,c,1,2,"{""ME(R)"": {""pre"": 1, ""post"": 2}, ""OL(R)"": {""pre"": 7}}"
      1,A,R,,b,,,"{""ME(R)"": {""post"": 4}, ""LO(R)"": {""pre"": 3, ""post"": 0}}"
      2,A,,second,b,5,,
      4,A,,,,,,
      5,A,,,,,,"{""OL(R)"": {""pre"": 9}}"
      6,none,,,,,,
      7,other,,,,,,"{""OL(R)"": {""pre"": 9}}"
      8,\uD83D\uDE00,,,,,,{}
      """;

  @TempDir private static Path folder;
  private static ServedDataset dataset;

  /** What was heard of each type. */
  private static final class Heard implements DescribeListener {
    private final Map<String, TypeFacts> facts = new TreeMap<>();
    private final Map<String, String> unavailable = new TreeMap<>();

    @Override
    public void described(List<TypeFacts> described) {
      described.forEach(one -> facts.put(one.type(), one));
    }

    @Override
    public void unavailable(String type, String reason) {
      unavailable.put(type, reason);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("neurons.csv"), NEURONS);
    Files.writeString(
        folder.resolve("meta.json"),
        """
        {"dataset": "cns", "uuid": "u", "lastDatabaseEdit": "e", "primaryRois": ["ME(R)", "LO(R)"],
         "roiHierarchy": {"name": "CNS \uD83D\uDE00", "children": []}}
        """);
    dataset = ServedDataset.ofFiles("cns", folder);
  }

  @AfterAll
  static void stop() {
    dataset.close();
  }

  private static NeuPrintClient client() {
    return NeuPrintClient.of(
            dataset.server(), new EnvironmentToken(Map.of("NEUPRINT_TOKEN", dataset.token())))
        .build();
  }

  private static Heard describe(TypeToAsk... types) {
    try (NeuPrintClient client = client()) {
      Heard heard = new Heard();
      client.describe(
          new TypeQuestion(
              new DatasetVersion("cns", "u", "e"),
              SideRule.PROPERTIES,
              List.of("ME(R)", "LO(R)"),
              List.of(types),
              null,
              1,
              Instant.now().plus(Duration.ofMinutes(1))),
          heard);
      return heard;
    }
  }

  private static void withApoc(boolean apoc) {
    dataset.control(
        Map.of(
            "rules",
            apoc
                ? List.of()
                : List.of(
                    Map.of(
                        "contains",
                        "apoc.",
                        "status",
                        400,
                        "error",
                        "Neo.ClientError.Statement.SyntaxError (Unknown function)",
                        "times",
                        1_000))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void neuronsThatLackRoisAreCountedAndAddNothing(boolean apoc) {
    withApoc(apoc);
    Heard heard =
        describe(
            new TypeToAsk("A", 5, true),
            new TypeToAsk("none", 1, true),
            new TypeToAsk("other", 1, true),
            new TypeToAsk("\uD83D\uDE00", 1, true));

    assertThat(heard.unavailable).isEmpty();
    assertThat(heard.facts.get("A").rois())
        .containsExactlyInAnyOrder(new RoiSum("ME(R)", 1, 6), new RoiSum("LO(R)", 3, 0));
    assertThat(heard.facts.get("none").rois()).isEmpty();
    assertThat(heard.facts.get("other").rois()).isEmpty();
    assertThat(heard.facts.get("\uD83D\uDE00").rois()).isEmpty();
  }

  @Test
  void theFirstValueIsThatOfTheLowestBodyIdThatHasOne() {
    withApoc(true);
    TypeFacts facts = describe(new TypeToAsk("A", 5, false)).facts.get("A");
    assertThat(facts.properties().synonyms()).isEqualTo("second");
    assertThat(facts.properties().classes()).containsExactly("b", "c");
    assertThat(facts.counts()).isEqualTo(new SideCounts(5, 1, 1, 0));
    assertThat(facts.synapses().pre()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTypeOfOtherNeuronsThanTheCensusCountedIsUnavailableAlone(boolean apoc) {
    withApoc(apoc);
    Heard heard = describe(new TypeToAsk("A", 6, true), new TypeToAsk("none", 1, true));
    assertThat(heard.facts).containsOnlyKeys("none");
    assertThat(heard.unavailable).containsOnlyKeys("A");
    // Whichever part comes first tells it.
    assertThat(heard.unavailable.get("A"))
        .matches(
            "NeuPrint's answer about it is not whole: its (properties|sides|ROIs) are those of 5"
                + " neurons, and it has 6\\.");
  }

  @Test
  void theCensusAndTheMetaNodeAreWholeByTheirOwnNumbers() {
    withApoc(true);
    try (NeuPrintClient client = client()) {
      assertThat(client.types("cns").neurons())
          .isEqualTo(Map.of("A", 5L, "none", 1L, "other", 1L, "\uD83D\uDE00", 1L));
      assertThat(client.meta("cns").hierarchy().name()).isEqualTo("CNS \uD83D\uDE00");
      assertThat(client.version("cns")).isEqualTo(new DatasetVersion("cns", "u", "e"));
    }
  }
}
