package quickpage.index.sandbox.connectome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cell means in the spellings of pandas, R and the sandbox itself.
 *
 * <p>pandas and R keep a column of whole numbers with gaps as floating-point numbers and write 395
 * as 395.0 or 1e+05; a column of objects is written as Python's text of them.
 */
final class CellForms {
  /** What R, pandas, NumPy and Python write for a missing value. */
  private static final Set<String> MISSING = Set.of("NA", "NaN", "nan", "NaT", "<NA>", "None");

  /**
   * Below it a floating-point number is whole to its last digit both as Python writes it (the
   * shortest text that reads back) and as R does (15 digits).
   */
  private static final BigDecimal EXACT_AS_WRITTEN = BigDecimal.TEN.pow(15);

  /** 2^53: up to here a floating-point number can be the number that was meant. */
  private static final BigDecimal EXACT_AS_DOUBLE = BigDecimal.valueOf(1L << 53);

  private static final String TO_NUMBER =
      "df[\"COLUMN\"] = pd.to_numeric(df[\"COLUMN\"], errors=\"coerce\")";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final JsonMapper PYTHON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  /** A string in either quotes, NumPy's form of a number, or one of Python's constants. */
  private static final Pattern PYTHON_TOKEN =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\""
              + "|\\bnp\\.\\w+\\(([^()]*)\\)|\\b(?:None|nan|True|False)\\b");

  private CellForms() {}

  /** Whether a cell that is no text says that there is no value. */
  static boolean isMissing(String cell) {
    return MISSING.contains(cell);
  }

  /** {@code true} or {@code false} as Python, R or JSON spell it, or null. */
  static Boolean truth(String cell) {
    return switch (cell) {
      case "True", "TRUE", "true" -> true;
      case "False", "FALSE", "false" -> false;
      default -> null;
    };
  }

  static long wholeNumber(String cell) throws UnfitCellException {
    BigDecimal number = number(cell, "is not a whole number", TO_NUMBER + ".astype(\"Int64\")");
    if (number.stripTrailingZeros().scale() > 0) {
      throw new UnfitCellException(
          "is not a whole number", "df[\"COLUMN\"] = df[\"COLUMN\"].round().astype(\"Int64\")");
    }
    boolean digitsOnly = cell.strip().matches("[+-]?[0-9]+");
    BigDecimal exact =
        cell.contains("e") || cell.contains("E") ? EXACT_AS_WRITTEN : EXACT_AS_DOUBLE;
    if (!digitsOnly && number.abs().compareTo(exact) >= 0) {
      throw new UnfitCellException(
          "has passed through a floating-point number and lost its last digits",
          "read the source again with pd.read_csv(SOURCE, dtype={\"COLUMN\": \"Int64\"})");
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException large) {
      throw new UnfitCellException(
          "has more digits than a whole number of 64 bits", "drop these rows or mend the values");
    }
  }

  static double decimal(String cell) throws UnfitCellException {
    return number(cell, "is not a number", TO_NUMBER).doubleValue();
  }

  private static BigDecimal number(String cell, String what, String mending)
      throws UnfitCellException {
    try {
      BigDecimal number = new BigDecimal(cell.strip());
      // An exponent beyond those of a double would be written out digit by digit.
      if (Math.abs((long) number.precision() - number.scale()) <= 308) {
        return number;
      }
    } catch (NumberFormatException wrong) {
      // Told below.
    }
    throw new UnfitCellException(what, mending);
  }

  /**
   * The JSON text of an object that is written as JSON, which is kept to the letter, or as Python's
   * text of a dict.
   */
  static String jsonObject(String cell) throws UnfitCellException {
    try {
      if (JSON.readTree(cell).isObject()) {
        return cell;
      }
    } catch (JsonProcessingException notJson) {
      try {
        if (PYTHON.readTree(asJson(cell)) instanceof ObjectNode dict) {
          return tidied(dict).toString();
        }
      } catch (JsonProcessingException notPython) {
        // Told below.
      }
    }
    throw new UnfitCellException(
        "is not an object in JSON or Python's text of a dict",
        "df[\"COLUMN\"] = df[\"COLUMN\"].map(lambda v: json.dumps(v, default=int) if"
            + " isinstance(v, dict) else None)");
  }

  private static String asJson(String python) {
    return PYTHON_TOKEN
        .matcher(python)
        .replaceAll(
            token ->
                Matcher.quoteReplacement(
                    switch (token.group()) {
                      case "None", "nan" -> "null";
                      case "True", "False" -> token.group().toLowerCase(Locale.ROOT);
                      default -> token.group(1) == null ? token.group() : token.group(1);
                    }));
  }

  /** Counts as pandas may have made them: 5.0 becomes 5, and one that is missing goes. */
  private static ObjectNode tidied(ObjectNode dict) {
    ObjectNode tidy = dict.objectNode();
    for (Map.Entry<String, JsonNode> entry : dict.properties()) {
      JsonNode value = entry.getValue();
      if (value instanceof ObjectNode inner) {
        tidy.set(entry.getKey(), tidied(inner));
      } else if (value.isFloatingPointNumber() && value.doubleValue() == value.longValue()) {
        tidy.put(entry.getKey(), value.longValue());
      } else if (!value.isNull()) {
        tidy.set(entry.getKey(), value);
      }
    }
    return tidy;
  }
}
