package quickpage.index.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.roi.RoiNode;

class DatasetPayloadTest {

  /** DynamoDB takes items of up to 400 KB. */
  private static final int LARGEST_ITEM = 400 * 1024;

  private static DatasetFacts facts(Map<String, Long> neurons) {
    return new DatasetFacts(
        new DatasetVersion("cns:v1", "5a3f", "2026"),
        neurons,
        true,
        false,
        true,
        List.of("ME(R)"),
        new RoiNode("brain", List.of(new RoiNode("ME(R)", List.of()))),
        Map.of("ME(R)", "medulla"),
        List.of("bodyId", "type"));
  }

  @Test
  void whatIsWrittenIsRead() {
    DatasetFacts facts = facts(Map.of("LC10a", 12L, "☃", 1L));

    assertThat(DatasetPayload.read(DatasetPayload.write(facts), "cns:v1")).contains(facts);
  }

  @Test
  void anotherDatasetsIsAMiss() {
    assertThat(DatasetPayload.read(DatasetPayload.write(facts(Map.of())), "cns:v2")).isEmpty();
  }

  @Test
  void aDatasetTwiceAsLargeAsMaleCnsFitsIntoAnItem() {
    Map<String, Long> neurons =
        IntStream.range(0, 25_000)
            .boxed()
            .collect(Collectors.toMap(i -> "Type%05d".formatted(i), i -> i % 300L));

    assertThat(DatasetPayload.write(facts(neurons)).length).isLessThan(LARGEST_ITEM);
  }
}
