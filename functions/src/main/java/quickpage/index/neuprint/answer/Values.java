package quickpage.index.neuprint.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Property values as NeuPrint writes them. A property may be of another type than its name
 * promises, and a whole float comes as an integer, of any length.
 */
public final class Values {

  /** Characters of a text that may be a number, and zeros that one may stand for. */
  private static final int LONGEST_NUMBER = 1_000;

  private Values() {}

  /** The value as text; null where there is none, or an empty one. */
  public static String text(JsonNode value) {
    String text;
    if (value == null || value.isNull() || value.isMissingNode()) {
      return null;
    } else if (value.isNumber()) {
      BigDecimal number = number(value);
      text = number == null ? value.asText() : number.toPlainString();
    } else if (value.isArray()) {
      text = texts(value).stream().collect(Collectors.joining(", "));
    } else {
      text = value.isValueNode() ? value.asText() : value.toString();
    }
    return text.isEmpty() ? null : text;
  }

  /** The non-empty texts of a list, and of the lists in it. */
  public static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list) {
      if (value.isArray()) {
        texts.addAll(texts(value));
      } else if (text(value) != null) {
        texts.add(text(value));
      }
    }
    return texts;
  }

  /** The value as a number; null where it is none, or too large for one of 64 bits. */
  public static Double decimal(JsonNode value) {
    BigDecimal number = number(value);
    return number == null || Double.isInfinite(number.doubleValue())
        ? null
        : (Double) number.doubleValue();
  }

  /** The value as a whole number; null where it is none, or beyond 64 bits. */
  public static Long whole(JsonNode value) {
    BigDecimal number = number(value);
    try {
      return number == null ? null : (Long) number.longValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static BigDecimal number(JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isNumber()) {
      // A double that is none: NeuPrint's database may hold Infinity, and 1e400 is read as it.
      return value.isDouble() && !Double.isFinite(value.doubleValue())
          ? null
          : value.decimalValue();
    }
    String text = value.asText().strip();
    if (text.length() > LONGEST_NUMBER) {
      return null; // the time to read one grows with the square of its length
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > LONGEST_NUMBER ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
