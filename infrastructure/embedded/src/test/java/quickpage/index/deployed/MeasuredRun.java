package quickpage.index.deployed;

import java.util.List;
import java.util.Map;

/**
 * What one run's functions took.
 *
 * @param batches how many there were
 * @param children how many of them the map would have worked on at once
 * @param calls by stage, of the batches those in environments of their own
 * @param questions that all batches asked NeuPrint
 */
record MeasuredRun(
    int batches,
    int children,
    Map<String, List<Call>> calls,
    List<NeuPrintRelay.Question> questions) {

  /**
   * One invocation.
   *
   * @param seconds until its answer
   * @param cpu of them worked, on all processors together
   * @param waiting of them at least one question waited for NeuPrint
   * @param megabytes all memory of the process, at most
   */
  record Call(double seconds, double cpu, double waiting, long megabytes) {

    /** What the function itself makes the run wait for. */
    double own() {
      return seconds - waiting;
    }
  }

  /** How often a stage was invoked. */
  int invocations(String stage) {
    return stage.equals("batch") ? batches : calls.getOrDefault(stage, List.of()).size();
  }

  /** The mean of a stage's calls; zeros if there was none. */
  Call mean(String stage) {
    List<Call> all = calls.getOrDefault(stage, List.of());
    return new Call(
        all.stream().mapToDouble(Call::seconds).average().orElse(0),
        all.stream().mapToDouble(Call::cpu).average().orElse(0),
        all.stream().mapToDouble(Call::waiting).average().orElse(0),
        all.stream().mapToLong(Call::megabytes).max().orElse(0));
  }
}
