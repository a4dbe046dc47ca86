package quickpage.index.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way is told in sentences, without what only the workflow needs. */
class ProgressTest {
  private static final String TRANSIENT = "quickpage.index.model.TransientFailure";

  private final StringWriter said = new StringWriter();
  private final Progress progress = new Progress(new PrintWriter(said), false);

  private static String lambda(String message) {
    return "{\"errorMessage\": %s, \"errorType\": \"%s\"}".formatted(message, TRANSIENT);
  }

  @Test
  void aRepetitionIsASentence() {
    progress.taskRetried(
        "ComposeIndex",
        TRANSIENT,
        lambda("\"S3 could not read data/x in /site/ (500).\""),
        1,
        Duration.ofMillis(1624));

    assertThat(said.toString())
        .isEqualToIgnoringNewLines(
            "Composing: S3 could not read data/x in /site/ (500). It is tried again in 1.6 s.");
  }

  @Test
  void soIsAFailure() {
    progress.stateFailed("IndexBatch", TRANSIENT, lambda("\"The table is away\""));
    progress.stateFailed("PlanRun", "States.Timeout", "The function gave no answer within 9 s.");
    progress.stateFailed("PlanRun", TRANSIENT, lambda("null"));
    progress.stateFailed("FinishRun", "Lambda.Unknown", "");

    assertThat(said.toString().lines())
        .containsExactly(
            "Indexing a batch failed: The table is away.",
            "Planning failed: The function gave no answer within 9 s.",
            "Planning failed: No reason was given.",
            "Reporting failed: No reason was given.");
  }
}
