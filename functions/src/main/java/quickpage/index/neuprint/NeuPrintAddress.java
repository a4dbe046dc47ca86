package quickpage.index.neuprint;

import java.time.Duration;

/**
 * Whom a run asks, and how it introduces itself; the token comes from elsewhere.
 *
 * @param server address without a slash at the end
 * @param contact whom the server's operators may ask; "" for nobody
 * @param tokenSecret name of the secret that holds the token; "" for the environment's
 * @param authoritiesSecret name of the secret that holds the certificates of authorities that are
 *     trusted beside the usual ones; "" for none
 * @param firstContact how long a server that does not answer is waited for before it is known to be
 *     there
 */
public record NeuPrintAddress(
    String server,
    String run,
    String contact,
    String tokenSecret,
    String authoritiesSecret,
    Duration firstContact) {

  /** With a person who waits, and may have mistyped the address. */
  public static final Duration PERSON_WAITS = Duration.ofSeconds(2);

  /** With nobody who would start the run again. */
  public static final Duration NOBODY_WAITS = Duration.ofSeconds(60);

  /** As a person asks. */
  public NeuPrintAddress(
      String server, String run, String contact, String tokenSecret, String authoritiesSecret) {
    this(server, run, contact, tokenSecret, authoritiesSecret, PERSON_WAITS);
  }
}
