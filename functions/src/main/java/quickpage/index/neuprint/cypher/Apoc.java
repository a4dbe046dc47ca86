package quickpage.index.neuprint.cypher;

/**
 * What is known of the server's APOC, for the life of a client: whether sums can be asked for, or
 * {@code roiInfo} has to be fetched as it is.
 */
public final class Apoc {
  /**
   * Types in a row whose plain form worked where APOC's did not, before it ever worked: one may
   * have a {@code roiInfo} that APOC cannot read, this many mean that APOC itself fails.
   */
  private static final int FAILURES = 3;

  private boolean works;
  private boolean refused;
  private int failures;

  /** Whether to ask in the plain form from the start. */
  public synchronized boolean isRefused() {
    return refused;
  }

  public synchronized void worked() {
    works = true;
  }

  /** The server answered the plain form of a query that it refused with APOC. */
  public synchronized void wasRefused() {
    refused = true;
  }

  /** A type stood alone, failed with APOC and was answered without. */
  public synchronized void failedForOneType() {
    if (!works && ++failures >= FAILURES) {
      refused = true;
    }
  }
}
