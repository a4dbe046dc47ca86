package quickpage.index.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as people write it. */
final class Waiting implements ITypeConverter<Duration> {

  private static final Pattern WORDS = Pattern.compile("(\\d{1,6})(s|m|h)");

  @Override
  public Duration convert(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher words = WORDS.matcher(text);
    if (!words.matches()) {
      throw new TypeConversionException(
          "'%s' is not a duration such as 30s, 10m, 1h or 0".formatted(text));
    }
    long number = Long.parseLong(words.group(1));
    return switch (words.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
