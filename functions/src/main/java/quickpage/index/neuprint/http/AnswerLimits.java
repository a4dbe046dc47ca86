package quickpage.index.neuprint.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.time.Duration;

/**
 * What one answer of NeuPrint may be at most, so that none fills the heap or keeps a processor busy
 * for minutes. docs/reliability.md tells what the numbers rest on; an answer beyond them is an
 * error of that query alone.
 */
public final class AnswerLimits {

  /** Of a body when it is unfolded: ten times the largest that was measured, 2.6 MB. */
  public static final long BYTES = 26L << 20;

  /** Lists and objects in each other, in an answer and in the JSON texts that Meta keeps. */
  public static final int NESTING = 100;

  /** UTF-16 units of one text: far more than Meta's JSON texts, of thousands, ever have. */
  public static final int TEXT = 4_000_000;

  /** Digits of one number; a double has 17. */
  public static final int DIGITS = 1_000;

  /** Values in one row: the list of all types, with two values each, is the longest one. */
  public static final int VALUES_OF_A_ROW = 2_000_000;

  /** Of all headers together. */
  public static final long HEADER_BYTES = 64 * 1024;

  /** From the first byte to the last. */
  public static final Duration READING = Duration.ofSeconds(60);

  private AnswerLimits() {}

  /** Reads JSON within the limits; what is beyond them is an error of the parser. */
  public static JsonFactory json() {
    return new JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(NESTING)
                .maxStringLength(TEXT)
                .maxNameLength(TEXT)
                .maxNumberLength(DIGITS)
                .build())
        // Names come from the database, and an unending list of them is not to be kept.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }
}
