package quickpage.index.sandbox.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Path;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.spatial.Point;

/**
 * Writes values as neuPrintHTTP does: Go's encoding/json over what its Bolt driver hands it.
 *
 * <p>A whole float becomes an integer; other floats are plain decimals between 1e-6 and 1e21; map
 * keys are sorted; {@code <}, {@code >} and {@code &} are escaped; NaN and infinities cannot be
 * written at all.
 */
final class GoJson {
  private static final JsonFactory FACTORY = new JsonFactory().setCharacterEscapes(new GoEscapes());

  private GoJson() {}

  /** A value that JSON has no form for: the real server then answers 500. */
  static final class UnwritableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnwritableException(String what) {
      super(what);
    }
  }

  /** A list, map, string, number, boolean, null or Neo4j value as UTF-8 JSON. */
  static byte[] bytes(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      write(json, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Double || value instanceof Float) {
      writeFloat(json, ((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(json, map);
    } else if (value instanceof Iterable<?> items && !(value instanceof Path)) {
      json.writeStartArray();
      for (Object item : items) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Object[] items) {
      write(json, Arrays.asList(items));
    } else if (value.getClass().isArray()) {
      json.writeStartArray();
      for (int i = 0; i < Array.getLength(value); i++) {
        write(json, Array.get(value, i));
      }
      json.writeEndArray();
    } else if (value instanceof Node node) {
      writeMap(json, node.getAllProperties());
    } else if (value instanceof Relationship relationship) {
      writeMap(json, relationshipAsMap(relationship));
    } else if (value instanceof Point point && point.getCoordinate().getCoordinate().length == 3) {
      write(json, pointAsMap(point));
    } else {
      // Times, durations, flat points, paths: the server prints them.
      json.writeString(wellFormed(value.toString()));
    }
  }

  private static void writeMap(JsonGenerator json, Map<?, ?> map) throws IOException {
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
    json.writeStartObject();
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      json.writeFieldName(wellFormed(entry.getKey()));
      write(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static Map<String, Object> relationshipAsMap(Relationship relationship) {
    Map<String, Object> map = new TreeMap<>();
    map.put("type", relationship.getType().name());
    map.put("id", numericId(relationship.getElementId()));
    map.put("startNodeId", numericId(relationship.getStartNode().getElementId()));
    map.put("endNodeId", numericId(relationship.getEndNode().getElementId()));
    map.putAll(relationship.getAllProperties());
    return map;
  }

  /** Element IDs end in the number that older clients know: {@code 4:uuid:17}. */
  private static long numericId(String elementId) {
    return Long.parseLong(elementId.substring(elementId.lastIndexOf(':') + 1));
  }

  private static Map<String, Object> pointAsMap(Point point) {
    int srid = point.getCRS().getCode();
    return Map.of(
        "type",
        "Point",
        "coordinates",
        point.getCoordinate().getCoordinate(),
        "crs",
        Map.of(
            "type",
            "link",
            "name",
            "cartesian-3d",
            "srid",
            (long) srid,
            "properties",
            Map.of(
                "type",
                "ogcwkt",
                "href",
                "http://spatialreference.org/ref/sr-org/" + srid + "/ogcwkt/")));
  }

  private static void writeFloat(JsonGenerator json, double value) throws IOException {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new UnwritableException("json: unsupported value: " + value);
    }
    double size = Math.abs(value);
    if (value == 0) {
      json.writeNumber(0);
    } else if (size >= 1e-6 && size < 1e21) {
      // The shortest decimal digits that give the value back, without an exponent.
      json.writeNumber(new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString());
    } else {
      json.writeNumber(goExponent(value));
    }
  }

  /**
   * Go writes {@code 1e+21} and {@code 1e-7} where Java writes {@code 1.0E21} and {@code 1.0E-7}.
   */
  private static String goExponent(double value) {
    String java = Double.toString(value);
    int e = java.indexOf('E');
    String digits = java.substring(0, e);
    String exponent = java.substring(e + 1);
    return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits)
        + (exponent.startsWith("-") ? "e" : "e+")
        + exponent;
  }

  /** Half a surrogate pair becomes U+FFFD, as Go does in both directions. */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .forEach(repaired::appendCodePoint);
        return repaired.toString();
      }
    }
    return text;
  }

  private static final class GoEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private final int[] ascii = standardAsciiEscapesForJSON();

    GoEscapes() {
      for (char c : new char[] {'<', '>', '&'}) {
        ascii[c] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii;
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return c == 0x2028 || c == 0x2029 ? new SerializedString(String.format("\\u%04x", c)) : null;
    }
  }
}
