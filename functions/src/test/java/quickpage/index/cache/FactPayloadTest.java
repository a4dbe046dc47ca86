package quickpage.index.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.json.Json;
import quickpage.index.json.Smile;
import quickpage.index.model.Neurotransmitter;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SynapseCounts;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.TypeProperties;
import quickpage.index.model.roi.RoiSum;

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
              List.of(),
              List.of("VPNp2"),
              List.of("00732"),
              new TreeMap<>(Map.of("mancType", List.of("DNx01", "DNx02"))),
              new TreeMap<>(Map.of("wanted", List.of("x"), "nerve", List.of("AbN3")))),
          List.of("wanted", "absent"));

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
    for (int format : new int[] {0, 1, 2, 4, 127, -1}) {
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

  @Test
  void everyChangedBitIsAMiss() {
    byte[] payload = FactPayload.write(FACTS);
    for (int at = 0; at < payload.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = payload.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThat(FactPayload.read(changed, "LC10a")).as("bit %d of byte %d", bit, at).isEmpty();
      }
    }
  }

  @Property
  void anyBytesAreAMissAndNeverAFault(@ForAll byte[] bytes) {
    assertThat(FactPayload.read(bytes, "LC10a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[1]", "7"})
  void whatIsNoFactsIsAMiss(String json) throws IOException {
    byte[] smile = Smile.MAPPER.writeValueAsBytes(Json.MAPPER.readTree(json));
    CRC32C crc = new CRC32C();
    crc.update(smile);
    byte[] payload =
        ByteBuffer.allocate(5 + smile.length)
            .put((byte) 3)
            .putInt((int) crc.getValue())
            .put(smile)
            .array();

    assertThat(FactPayload.read(payload, "LC10a")).isEmpty();
  }

  @Test
  void factsOfATypeAreSmallerThanAsJson() {
    assertThat(FactPayload.write(FACTS).length).isLessThan(Json.bytes(FACTS).length);
  }
}
