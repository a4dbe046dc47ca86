package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quickpage.index.deployed.MeasuredRun.Call;

class RunTimelineTest {

  private static MeasuredRun run(int batches, int children) {
    return new MeasuredRun(
        batches,
        children,
        Map.of(
            "plan", List.of(new Call(3, 1, 1, 200)),
            "batch", List.of(new Call(4, 1, 2, 200), new Call(6, 1, 2, 200)),
            "compose", List.of(new Call(2, 2, 0, 200))),
        List.of());
  }

  /** By hand: 4 × 0.05 + 0.65 + 3 + 0.65 + 2. */
  @Test
  void aRunWithoutBatchesHasNoMap() {
    RunTimeline timeline = new RunTimeline(stage -> run(0, 1), 0);

    assertThat(timeline.total()).isCloseTo(6.5, within(1e-9));
    assertThat(timeline.table("a warm run")).doesNotContain("Map", "batch");
  }

  /** By hand: those 6.5, 7 + 3 × 0.05 + 0.65, 3 rounds of (5 - 2), and 8 of NeuPrint's. */
  @Test
  void batchesWorkInRoundsAndNeuPrintsPartIsNamedApart() {
    RunTimeline timeline = new RunTimeline(stage -> run(25, 10), 8);

    assertThat(timeline.total()).isCloseTo(31.3, within(1e-9));
    assertThat(timeline.table("a cold run"))
        .endsWith("| together | 31.3 | of them NeuPrint 9.0, ours and AWS's 22.3 |\n");
  }

  private static NeuPrintRelay.Question question(double from, double to) {
    return new NeuPrintRelay.Question(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1/")).build(),
        (long) (from * 1e9),
        (long) (to * 1e9));
  }

  @Test
  void questionsThatWaitAtTheSameTimeCountOnce() {
    assertThat(
            NeuPrintRelay.waiting(
                List.of(question(5, 6), question(1, 3), question(2, 4), question(2.5, 3))))
        .isCloseTo(4, within(1e-9));
  }
}
