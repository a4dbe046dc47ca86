package quickpage.index.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkResultsTest {
  private static final DatasetSize SIZE = new DatasetSize("own", 100, 1_000);

  private final BenchmarkResults results = new BenchmarkResults("quickpage-index 1");

  private void measured(String what, int round, double seconds, Double querySeconds) {
    results.add(
        new Measurement("own", 200, what, round, seconds, seconds / 2, querySeconds, 3, null));
  }

  private String table() {
    StringWriter text = new StringWriter();
    results.print(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void tellsMediansOfTheRoundsAndTheirRatiosToTheScript() {
    results.add(SIZE, 100, 300, true);
    for (int round = 1; round <= 3; round++) {
      measured(Measurement.SCRIPT, round, 10 * round, 8.0 * round);
      measured("cold", round, 5 * round, null);
    }
    results.add(SIZE, 200, new OneByOneSample(4, 2));

    JsonNode cold = results.toJson().at("/medians/1");

    assertThat(cold.path("what").asText()).isEqualTo("cold");
    assertThat(cold.path("seconds").asDouble()).isEqualTo(10);
    assertThat(cold.path("secondsToScript").asDouble()).isEqualTo(0.5);
    assertThat(cold.path("processorSecondsToScriptQuery").asDouble())
        .isCloseTo(5.0 / 16, within(1e-9));
    assertThat(results.toJson().at("/oneByOne/0/scaledSeconds").asDouble()).isEqualTo(50);
    assertThat(table())
        .containsPattern("cold +10.00 +0.50 +5.00 +0.31 +3")
        .contains("scaled up from 4 types", "two of its four answers a type are empty");
  }

  @Test
  void saysThatTheScriptWasLeftOut() {
    results.add(SIZE, 100, 300, false);
    measured("cold", 1, 5, null);
    results.add(SIZE, 200, new OneByOneSample(4, 2));

    assertThat(table())
        .contains("There is no python3, so the script was left out")
        .containsPattern("cold +5.00 +2.50 +3");
    assertThat(results.toJson().at("/medians/0").has("secondsToScript")).isFalse();
  }

  @Test
  void hasNoScriptWhereThereIsNoPython(@TempDir Path folder) {
    assertThat(OneQueryScript.in(folder, "no-such-python")).isEmpty();
  }
}
