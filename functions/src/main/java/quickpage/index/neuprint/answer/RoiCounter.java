package quickpage.index.neuprint.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quickpage.index.model.roi.RoiSum;
import quickpage.index.neuprint.cypher.TypeQuery;
import quickpage.index.neuprint.failure.TypeFaultException;

/**
 * Sums one type's synapses by primary ROI from the {@code roiInfo} of its neurons, {@code {roi:
 * {"pre": 1, "post": 2, …}, …}}: what APOC does at the server where there is one. A missing count
 * is 0.
 */
public final class RoiCounter {
  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> primaryRois;
  private final Map<String, long[]> sums = new TreeMap<>();
  private final Set<String> bodyIds = new HashSet<>();

  RoiCounter(Set<String> primaryRois) {
    this.primaryRois = primaryRois;
  }

  /**
   * Adds one neuron.
   *
   * @param bodyId by which one that comes twice is seen
   * @param roiInfo null where it has none
   */
  void add(String bodyId, String roiInfo) throws TypeFaultException {
    if (bodyId == null || !bodyIds.add(bodyId)) {
      throw TypeFaultException.notWhole("one of its neurons came twice, or without its bodyId");
    }
    if (roiInfo == null || roiInfo.equals(TypeQuery.JSON_NULL)) {
      return;
    }
    try (JsonParser parser = JSON.createParser(roiInfo)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw unreadable();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String roi = parser.currentName();
        JsonToken value = parser.nextToken();
        if (!primaryRois.contains(roi)) {
          parser.skipChildren();
        } else if (value == JsonToken.START_OBJECT) {
          addCounts(roi, parser);
        } else if (value != JsonToken.VALUE_NULL) {
          throw unreadable();
        }
      }
      if (parser.nextToken() != null) {
        throw unreadable();
      }
    } catch (IOException | ArithmeticException e) {
      throw unreadable();
    }
  }

  /** How many neurons were added, those without {@code roiInfo} included. */
  int neurons() {
    return bodyIds.size();
  }

  List<RoiSum> sums() {
    return sums.entrySet().stream()
        .map(sum -> new RoiSum(sum.getKey(), sum.getValue()[0], sum.getValue()[1]))
        .toList();
  }

  private void addCounts(String roi, JsonParser parser) throws IOException, TypeFaultException {
    long[] sum = sums.computeIfAbsent(roi, absent -> new long[2]);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      int index = name.equals("pre") ? 0 : name.equals("post") ? 1 : -1;
      if (index < 0) {
        parser.skipChildren();
      } else if (value.isNumeric()) {
        sum[index] = Math.addExact(sum[index], parser.getDecimalValue().longValueExact());
      } else if (value != JsonToken.VALUE_NULL) {
        throw unreadable();
      }
    }
  }

  static TypeFaultException unreadable() {
    return TypeFaultException.unreadable("the roiInfo of one of its neurons is not readable");
  }
}
