package quickpage.index.sandbox.connectome;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them on a command line. */
public final class SpokenDuration {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m)|0");

  private SpokenDuration() {}

  /**
   * Reads {@code 200ms}, {@code 1.5s}, {@code 2m} or {@code 0}.
   *
   * @throws RefusedInputException for anything else
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new RefusedInputException(
          "'" + text + "' is not a duration such as 200ms, 1.5s, 2m or 0.");
    }
    if (form.group(1) == null) {
      return Duration.ZERO;
    }
    int millis =
        switch (form.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          default -> 60_000;
        };
    return Duration.ofMillis(
        new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(millis)).longValue());
  }
}
