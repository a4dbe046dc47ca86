package quickpage.index.compose;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import quickpage.index.model.run.UnavailableType;

/** Whether a run with unavailable types may be published. */
final class Tolerance {

  /** A Cause is read by a person; the report has the rest. */
  private static final int NAMED_TYPES = 5;

  private static final int NAMED_REASONS = 3;

  private Tolerance() {}

  /**
   * Why the run may not be published; empty if it may.
   *
   * @param asked types asked for, those that the dataset knows
   * @param percentage strictly more unavailable ones than this are not tolerated
   */
  static Optional<String> exceeded(
      List<UnavailableType> unavailable, int asked, double percentage) {
    BigDecimal tolerated = BigDecimal.valueOf(percentage).multiply(BigDecimal.valueOf(asked));
    if (BigDecimal.valueOf(100L * unavailable.size()).compareTo(tolerated) <= 0) {
      return Optional.empty();
    }
    Map<String, Long> reasons =
        unavailable.stream()
            .collect(
                Collectors.groupingBy(
                    UnavailableType::reason, LinkedHashMap::new, Collectors.counting()));
    String named =
        unavailable.stream()
            .limit(NAMED_TYPES)
            .map(UnavailableType::type)
            .collect(Collectors.joining(", "));
    String why =
        reasons.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(NAMED_REASONS)
            .map(reason -> "%s (%d)".formatted(clause(reason.getKey()), reason.getValue()))
            .collect(Collectors.joining("; "));
    return Optional.of(
        "%d of %s unavailable, more than the tolerated %s %%, so nothing is published: %s%s; because: %s%s."
            .formatted(
                unavailable.size(),
                asked == 1 ? "1 type is" : asked + " types are",
                plain(percentage),
                named,
                unavailable.size() > NAMED_TYPES ? ", …" : "",
                why,
                reasons.size() > NAMED_REASONS ? "; …" : ""));
  }

  /** Reasons are sentences; here they stand within one. */
  private static String clause(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
