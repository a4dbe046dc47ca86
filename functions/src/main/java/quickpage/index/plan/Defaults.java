package quickpage.index.plan;

import java.time.Duration;
import quickpage.index.error.RefusedException;

/**
 * The deployment's defaults, as the state machine's definition substitutions put them in: texts, ""
 * for none. (A published function version's environment is frozen, so they cannot live there.)
 *
 * @param tokenSecretName where NeuPrint's token is in Secrets Manager; "" for the environment
 * @param authoritiesSecretName where the certificates of further authorities are; "" for none
 * @param deployment name of the stack; "" on one machine
 * @param quietSeconds how long uploads must rest before they start a run
 * @param metrics "false" if the deployment writes none; else it does, as in a definition from
 *     before this field
 * @param ignorePages globs, separated by commas; "" for the usual
 * @param facets {@code PROPERTY=LABEL}, separated by commas; "" for none
 * @param page none in a definition from before this field
 */
public record Defaults(
    String server,
    String dataset,
    String bucket,
    String prefix,
    String contact,
    String maxConcurrency,
    String cacheTtlHours,
    String toleratedFailurePercentage,
    String tokenSecretName,
    String authoritiesSecretName,
    String deployment,
    String quietSeconds,
    String metrics,
    String ignorePages,
    String facets,
    Page page) {

  public static final Defaults NONE =
      new Defaults("", "", "", "", "", "", "", "", "", "", "", "", "", "", "", null);

  /**
   * What the index page shows beside the types, unless the site's own file says otherwise.
   *
   * @param title "" for the dataset's name
   * @param links {@code TEXT=ADDRESS}, separated by commas; "" for none
   * @param analytics address of a script; "" for none
   */
  public record Page(String title, String links, String analytics) {

    public Page {
      title = orEmpty(title);
      links = orEmpty(links);
      analytics = orEmpty(analytics);
    }
  }

  public Defaults {
    server = orEmpty(server);
    dataset = orEmpty(dataset);
    bucket = orEmpty(bucket);
    prefix = orEmpty(prefix);
    contact = orEmpty(contact);
    maxConcurrency = orEmpty(maxConcurrency);
    cacheTtlHours = orEmpty(cacheTtlHours);
    toleratedFailurePercentage = orEmpty(toleratedFailurePercentage);
    tokenSecretName = orEmpty(tokenSecretName);
    authoritiesSecretName = orEmpty(authoritiesSecretName);
    deployment = orEmpty(deployment);
    quietSeconds = orEmpty(quietSeconds);
    metrics = orEmpty(metrics);
    ignorePages = orEmpty(ignorePages);
    facets = orEmpty(facets);
    page = page == null ? new Page("", "", "") : page;
  }

  /**
   * {@code quietSeconds} as a duration; none where nothing is uploaded.
   *
   * @throws RefusedException if it is no whole number
   */
  Duration quiet() {
    try {
      return Duration.ofSeconds(quietSeconds.isEmpty() ? 0 : Long.parseLong(quietSeconds));
    } catch (NumberFormatException e) {
      throw new RefusedException(
          "The deployment's QuietSeconds must be a whole number, not \"%s\"."
              .formatted(quietSeconds),
          e);
    }
  }

  /** Whether this is a deployment, and one that writes metrics. */
  boolean writesMetrics() {
    return !deployment.isEmpty() && !metrics.equals("false");
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text.strip();
  }
}
