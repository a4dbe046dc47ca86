package quickpage.index.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.RoiSum;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;

class FactPayloadTest {

  private static final TypeFacts FACTS =
      new TypeFacts(
          "LC10a",
          new SideCounts(12, 6, 5, 0),
          new SynapseCounts(Long.MAX_VALUE, 0),
          List.of(new RoiSum("ME(R)", 1, 2), new RoiSum("\"☃\"", 3, 4)),
          new TypeProperties(
              new Neurotransmitter("acetylcholine", null, 0.1, 7L),
              List.of("a"),
              List.of(),
              List.of("b", "c"),
              null,
              "Fischbach: LC10; x",
              List.of(),
              List.of(),
              List.of()));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(FactPayload.read(FactPayload.write(FACTS), "LC10a")).contains(FACTS);
  }

  @Test
  void factsWithoutRoisStayFactsWithoutRois() {
    TypeFacts without =
        new TypeFacts("LC10a", FACTS.counts(), FACTS.synapses(), null, FACTS.properties());

    assertThat(FactPayload.read(FactPayload.write(without), "LC10a"))
        .hasValueSatisfying(read -> assertThat(read.roisKnown()).isFalse());
  }

  @Test
  void anotherFormatIsAMiss() {
    byte[] payload = FactPayload.write(FACTS);
    for (int format : new int[] {0, 2, 127, -1}) {
      payload[0] = (byte) format;
      assertThat(FactPayload.read(payload, "LC10a")).isEmpty();
    }
  }

  @Test
  void factsOfAnotherTypeAreAMiss() {
    assertThat(FactPayload.read(FactPayload.write(FACTS), "LC10b")).isEmpty();
  }

  @Test
  void everyTornPayloadIsAMiss() {
    byte[] payload = FactPayload.write(FACTS);
    for (int length = 0; length < payload.length; length++) {
      byte[] torn = Arrays.copyOf(payload, length);
      assertThat(FactPayload.read(torn, "LC10a")).as("%d bytes", length).isEmpty();
    }
  }

  @Property
  void anyBytesAreAMissAndNeverAFault(@ForAll byte[] bytes) {
    assertThat(FactPayload.read(bytes, "LC10a")).isEmpty();
  }

  @Test
  void jsonThatIsNoFactsIsAMiss() {
    assertThat(FactPayload.read(deflated("null"), "LC10a")).isEmpty();
    assertThat(FactPayload.read(deflated("{}"), "LC10a")).isEmpty();
    assertThat(FactPayload.read(deflated("[1]"), "LC10a")).isEmpty();
  }

  private static byte[] deflated(String json) {
    var bytes = new java.io.ByteArrayOutputStream();
    bytes.write(1);
    try (var deflater = new java.util.zip.DeflaterOutputStream(bytes)) {
      deflater.write(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
