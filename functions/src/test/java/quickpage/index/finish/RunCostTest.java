package quickpage.index.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import quickpage.index.model.run.LatencySummary;
import quickpage.index.model.run.Metric;

class RunCostTest {

  private static final FunctionMemory MEMORY =
      FunctionMemory.parse("plan=1024 batch=512 compose=2048 finish=512");

  /**
   * By hand: 10×1 + 400×0.5 + 20×2 + 1×0.5 = 250.5 GB-s × 0.0000133334 = 0.0033400; 103 requests ×
   * 0.0000002 = 0.0000206; 208 transitions × 0.000025 = 0.0052; 12,000 × 0.5 reads × 0.000000125 =
   * 0.00075; 10,000 × 2 writes × 0.000000625 = 0.0125; S3: (40 + 200 + 34) × 0.000005 = 0.00137,
   * and 400 × 0.0000004 = 0.00016. Together 0.0233406.
   */
  @Test
  void aRunOfAHundredBatchesCostsWhatIsComputedByHand() {
    double cost =
        RunCost.of(
            new RunCost.Usage(
                Map.of("plan", 10_000L, "batch", 400_000L, "compose", 20_000L, "finish", 1_000L),
                100,
                12_000,
                10_000,
                33_100),
            MEMORY);

    assertThat(cost).isCloseTo(0.0233406, within(0.0000001));
  }

  /** By hand: 2.5 GB-s, 3 requests, 8 transitions, 41 S3 writes. */
  @Test
  void aRunWithoutBatchesCostsItsStagesAlone() {
    double cost =
        RunCost.of(
            new RunCost.Usage(
                Map.of("plan", 1_000L, "compose", 500L, "finish", 1_000L), 0, 0, 0, 10),
            MEMORY);

    assertThat(cost).isCloseTo(0.0000333335 + 0.0000006 + 0.0002 + 0.000205, within(1e-9));
  }

  private static String document(String path) throws IOException {
    return Files.readString(Path.of("..").resolve(path));
  }

  /** The numbers that a pattern finds in docs/deploying.md. */
  private static List<Double> numbers(String pattern) throws IOException {
    Matcher found = Pattern.compile(pattern).matcher(document("docs/deploying.md"));
    assertThat(found.find()).as(pattern).isTrue();
    List<Double> numbers = new ArrayList<>();
    for (int i = 1; i <= found.groupCount(); i++) {
      numbers.add(Double.valueOf(found.group(i).replace(",", "")));
    }
    return numbers;
  }

  @Test
  void theDocumentsReckonAsEachRunDoes() throws IOException {
    List<Double> lambda =
        numbers(
            "arm64: plan ([\\d.]+) s with ([\\d,]+) MB, (\\d+) batches of ([\\d.]+) s with"
                + " ([\\d,]+) MB, compose ([\\d.]+) s with ([\\d,]+) MB, finish ([\\d.]+) s with"
                + " ([\\d,]+) MB \\|.*\\| ([\\d.]+) \\|");
    double types = numbers("DynamoDB: ([\\d,]+) facts").get(0);
    double pages = numbers("in ([\\d,]+) pages, which makes").get(0);
    int batches = lambda.get(2).intValue();
    String memory =
        "plan=%d batch=%d compose=%d finish=%d"
            .formatted(
                lambda.get(1).intValue(),
                lambda.get(4).intValue(),
                lambda.get(6).intValue(),
                lambda.get(8).intValue());
    assertThat(document("infrastructure/template.yaml"))
        .contains("FUNCTION_MEMORY: \"%s\"".formatted(memory));
    Map<String, Long> times =
        Map.of(
            "plan", (long) (lambda.get(0) * 1000),
            "batch", (long) (batches * lambda.get(3) * 1000),
            "compose", (long) (lambda.get(5) * 1000),
            "finish", (long) (lambda.get(7) * 1000));

    double cost =
        RunCost.of(
            new RunCost.Usage(times, batches, 2 * (long) types, (long) types, (int) pages),
            FunctionMemory.parse(memory));

    double told = numbers("\\| together \\| \\| (0\\.[\\d]+) \\|").get(0);
    assertThat(told).isCloseTo(cost, within(0.00005));
    double rows =
        lambda.get(9)
            + numbers("Step Functions: 8 states.*\\| ([\\d.]+) \\|").get(0)
            + numbers("DynamoDB: .*\\| ([\\d.]+) \\|").get(0)
            + numbers("S3: \\d+ writes.*\\| ([\\d.]+) \\|").get(0);
    assertThat(rows).as("the rows, each rounded").isCloseTo(told, within(0.0002));
  }

  @Test
  void theMonthOfThePricesIsTheSameEverywhere() throws IOException {
    String month =
        RunCost.PRICES_OF.format(DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH));

    assertThat(document("docs/deploying.md")).contains("prices of us-east-1 as of " + month);
    assertThat(document("infrastructure/template.yaml")).contains("at the prices of " + month);
  }

  @Test
  void memoryIsReadFromTheTemplatesText() {
    assertThat(MEMORY.isKnown()).isTrue();
    assertThat(FunctionMemory.parse(" ").isKnown()).isFalse();
    assertThatThrownBy(() -> FunctionMemory.parse("plan:1024"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plan:1024");
  }

  private static RunReport.Summary summary(Double cost) {
    return new RunReport.Summary(
        "published",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:10Z",
        1,
        "types.html",
        new RunReport.Types(100, 95, 0, 0, 5, 7),
        new RunReport.Pages(300, 300, 0, 0),
        new RunReport.Cache(75, 25, 0),
        new RunReport.NeuPrint(9, 5, 4, 2, 1, 1000, new LatencySummary(9, 40, 90, 95, 99, 50)),
        Map.of("plan", 1_500L, "batch", 2_000L, "compose", 500L, "run", 9_000L),
        Map.of(),
        cost,
        cost == null ? null : RunCost.PRICES_OF.toString());
  }

  private static Map<String, Double> metrics(FinishResult result) {
    return RunMetrics.of(result, 9.25).stream()
        .collect(java.util.stream.Collectors.toMap(Metric::name, Metric::value));
  }

  @Test
  void aPublishedRunHasAllMetrics() {
    assertThat(metrics(new FinishResult(null, "r", "k", summary(0.0234), null)))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("RunsPublished", 1.0),
                Map.entry("RunsFailed", 0.0),
                Map.entry("PendingUploadsBlocked", 0.0),
                Map.entry("RunSeconds", 9.25),
                Map.entry("PlanSeconds", 1.5),
                Map.entry("BatchSeconds", 2.0),
                Map.entry("ComposeSeconds", 0.5),
                Map.entry("TypesPerSecond", 100 / 3.5),
                Map.entry("CacheHitRate", 75.0),
                Map.entry("UnavailablePercentage", 5.0),
                Map.entry("UnavailableTypes", 5.0),
                Map.entry("NeuPrintRequests", 9.0),
                Map.entry("NeuPrintErrors", 4.0),
                Map.entry("NeuPrintRetries", 2.0),
                Map.entry("NeuPrintLatencyP50", 40.0),
                Map.entry("NeuPrintLatencyP95", 90.0),
                Map.entry("EstimatedCostUsd", 0.0234)));
  }

  @Test
  void batchesThatLeftNothingCountAmongTheUnavailable() {
    RunReport.Summary all = summary(null);
    RunReport.Summary dead =
        new RunReport.Summary(
            "failed",
            all.startedAt(),
            all.finishedAt(),
            null,
            null,
            new RunReport.Types(10, 4, 0, 0, 6, 0),
            all.pages(),
            new RunReport.Cache(0, 0, 0),
            all.neuprint(),
            all.milliseconds(),
            Map.of(),
            null,
            null);

    assertThat(metrics(new FinishResult("Too many.", "r", "k", dead, null)))
        .containsEntry("UnavailablePercentage", 60.0)
        .doesNotContainKey("CacheHitRate");
  }

  @Test
  void aRunThatWasRefusedHasOnlyFailed() {
    assertThat(metrics(new FinishResult("No pages.", "r", null, null, null)))
        .isEqualTo(
            Map.of(
                "RunsPublished",
                0.0,
                "RunsFailed",
                1.0,
                "PendingUploadsBlocked",
                0.0,
                "RunSeconds",
                9.25));
  }

  @Test
  void uploadsThatWaitForAPersonAreAMetric() {
    var uploads = new RunReport.Uploads("2026-01-01T00:00:00Z", 1, null, "No pages.", null);

    assertThat(metrics(new FinishResult("No pages.", "r", null, null, uploads)))
        .containsEntry("PendingUploadsBlocked", 1.0);
  }

  @Test
  void everyMetricHasAUnitThatCloudWatchKnows() {
    assertThat(RunMetrics.of(new FinishResult(null, "r", "k", summary(1.0), null), 1))
        .extracting(Metric::unit)
        .isSubsetOf(List.of("Count", "Seconds", "Milliseconds", "Percent", "Count/Second", "None"));
  }
}
