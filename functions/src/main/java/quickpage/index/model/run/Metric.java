package quickpage.index.model.run;

/**
 * A number for CloudWatch.
 *
 * @param unit as CloudWatch spells it: {@code Count}, {@code Seconds}, {@code Percent}, …
 */
public record Metric(String name, String unit, double value) {

  public static Metric count(String name, long value) {
    return new Metric(name, "Count", (double) value);
  }

  public static Metric seconds(String name, double value) {
    return new Metric(name, "Seconds", value);
  }

  public static Metric milliseconds(String name, long value) {
    return new Metric(name, "Milliseconds", (double) value);
  }

  public static Metric percent(String name, double value) {
    return new Metric(name, "Percent", value);
  }

  /** Whether uploads wait for a person. */
  public static Metric uploadsBlocked(boolean blocked) {
    return count("PendingUploadsBlocked", blocked ? 1 : 0);
  }

  /** Something for which CloudWatch has no unit. */
  public static Metric plain(String name, double value) {
    return new Metric(name, "None", value);
  }
}
