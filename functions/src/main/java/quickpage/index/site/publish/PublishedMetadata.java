package quickpage.index.site.publish;

import java.util.Map;
import quickpage.index.site.store.ObjectHeaders;

/**
 * What S3 keeps with every file that this program publishes: that it did, and in which run. A copy
 * by the AWS command line from a bucket to a bucket keeps it; an upload from a folder has none.
 */
public final class PublishedMetadata {

  private static final String PROGRAM_KEY = "generator";
  private static final String PROGRAM = "quickpage-index";
  private static final String RUN_KEY = "quickpage-index-run";

  private PublishedMetadata() {}

  /** The metadata of a file that a run publishes. */
  static Map<String, String> of(String run) {
    return Map.of(PROGRAM_KEY, PROGRAM, RUN_KEY, run);
  }

  /** Whether a run of this program has published an object with these headers. */
  public static boolean isIn(ObjectHeaders headers) {
    return PROGRAM.equals(headers.metadata().get(PROGRAM_KEY));
  }
}
