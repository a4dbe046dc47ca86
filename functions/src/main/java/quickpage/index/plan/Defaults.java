package quickpage.index.plan;

/**
 * The deployment's defaults, as the state machine's definition substitutions put them in: texts, ""
 * for none. (A published function version's environment is frozen, so they cannot live there.)
 */
public record Defaults(
    String server,
    String dataset,
    String bucket,
    String prefix,
    String contact,
    String maxConcurrency,
    String cacheTtlHours,
    String toleratedFailurePercentage) {

  static final Defaults NONE = new Defaults("", "", "", "", "", "", "", "");

  public Defaults {
    server = orEmpty(server);
    dataset = orEmpty(dataset);
    bucket = orEmpty(bucket);
    prefix = orEmpty(prefix);
    contact = orEmpty(contact);
    maxConcurrency = orEmpty(maxConcurrency);
    cacheTtlHours = orEmpty(cacheTtlHours);
    toleratedFailurePercentage = orEmpty(toleratedFailurePercentage);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text.strip();
  }
}
