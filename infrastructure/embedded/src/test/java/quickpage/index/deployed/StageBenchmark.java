package quickpage.index.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quickpage.index.model.Json;
import quickpage.index.site.TypeFileName;

/**
 * What each stage needs at the size of male-cns, as Lambda starts it, with the heap that Lambda
 * gives for a function's memory. Not a test: it prints what it measured; docs/architecture.md says
 * how to run it.
 *
 * <p>CPU time says more than the clock: below 1,769 MB a function has a part of one processor only,
 * so the time that it would take there is worked out of both.
 */
public final class StageBenchmark {

  private static final int MALE_CNS_TYPES = 11_700;
  private static final int MALE_CNS_NEURONS = 166_000;
  private static final String LATENCY = "200ms";

  /** For one whole processor: "Configure Lambda function memory" in Lambda's developer guide. */
  private static final double MEGABYTES_OF_A_PROCESSOR = 1769;

  private static final Pattern PAUSE = Pattern.compile("(\\d+)M->(\\d+)M\\(");

  private final ScenarioDeployment deployment;
  private final Path folder;
  private int megabytes;

  private StageBenchmark(ScenarioDeployment deployment, Path folder) {
    this.deployment = deployment;
    this.folder = folder;
  }

  /** Takes the numbers of types and neurons, and the memory sizes, in MB; all may be left out. */
  public static void main(String[] arguments) throws Exception {
    int types = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MALE_CNS_TYPES;
    int neurons = arguments.length > 1 ? Integer.parseInt(arguments[1]) : MALE_CNS_NEURONS;
    List<Integer> sizes = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      sizes.add(Integer.valueOf(arguments[i]));
    }
    Path folder = Files.createTempDirectory("stage-benchmark");
    try (ScenarioDeployment deployment =
        ScenarioDeployment.large(folder, types, neurons, LATENCY)) {
      Set<String> pages = new HashSet<>();
      for (String type : deployment.allTypes()) {
        for (String side : List.of("", "_L", "_R")) {
          String page = "types/" + TypeFileName.of(type) + side + ".html";
          deployment.upload(page, type);
          pages.add(page);
        }
      }
      System.out.printf(
          "Java %s, %d processors; %,d types, %,d neurons, %,d pages, %s added to each answer%n",
          System.getProperty("java.version"),
          Runtime.getRuntime().availableProcessors(),
          types,
          neurons,
          pages.size(),
          LATENCY);
      StageBenchmark benchmark = new StageBenchmark(deployment, folder);
      for (int size : sizes.isEmpty() ? List.of(1769, 1769, 1024, 512) : sizes) {
        benchmark.measure(size);
      }
    }
    System.out.println("What was written stays in " + folder);
  }

  private void measure(int size) throws Exception {
    megabytes = size;
    deployment.restartWith(
        stage ->
            List.of("-Xmx%dm".formatted(heap(size)), "-Xlog:gc:file=%s".formatted(gcLog(stage))));
    System.out.printf("%n%d MB, of them %d MB heap%n", size, heap(size));
    System.out.println(
        "| stage | calls | s | of them CPU | s there | live MB | heap MB | all MB |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    ObjectNode execution =
        ScenarioDeployment.execution("of-%d-%d".formatted(size, System.nanoTime()));
    JsonNode input = Json.MAPPER.readTree("{\"options\": {\"refresh\": true}}");
    JsonNode planned = timed("plan", () -> deployment.plan(execution, input));
    timed(
        "batch",
        () -> {
          for (JsonNode batch : deployment.file(planned.path("itemsKey").asText())) {
            refused(deployment.batch(planned, batch));
            calls++;
          }
          return null;
        });
    JsonNode composed = timed("compose", () -> deployment.compose(planned, execution));
    timed("finish", () -> deployment.finish(execution, planned, composed));
    deployment.call("start", deployment.event("start-tick"));
    timed("start", () -> deployment.call("start", deployment.event("start-dataset")));
  }

  private int calls;

  /** As Lambda's own Java runtimes choose it: 85 % of the memory, and some room less. */
  private static int heap(int size) {
    return (int) (size * 0.85) - 40;
  }

  private Path gcLog(String stage) {
    return folder.resolve("%s-%d.gc".formatted(stage, megabytes));
  }

  private JsonNode timed(String stage, Callable<JsonNode> work) throws Exception {
    calls = 0;
    Duration cpuBefore =
        deployment.function(stage) == null ? Duration.ZERO : deployment.function(stage).cpuTime();
    long start = System.nanoTime();
    JsonNode answer = work.call();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (answer != null) {
      refused(answer);
    }
    FunctionProcess function = deployment.function(stage);
    double cpu = function.cpuTime().minus(cpuBefore).toMillis() / 1e3;
    double share = Math.min(1, megabytes / MEGABYTES_OF_A_PROCESSOR);
    double there = Math.max(seconds, Math.max(0, seconds - cpu) + cpu / share);
    long[] heap = heapPeaks(gcLog(stage));
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.1f | %.1f | %.1f | %d | %d | %d |%n",
        stage,
        Math.max(1, calls),
        seconds,
        cpu,
        there,
        heap[1],
        heap[0],
        function.peakMegabytes());
    return answer;
  }

  private static void refused(JsonNode answer) {
    if (answer.path("failure").isTextual()) {
      throw new IllegalStateException(answer.path("failure").asText());
    }
  }

  /** The most that the heap held before a collection, and after one, in MB; 0 without any. */
  private static long[] heapPeaks(Path log) throws IOException {
    long before = 0;
    long after = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        before = Math.max(before, Long.parseLong(pause.group(1)));
        after = Math.max(after, Long.parseLong(pause.group(2)));
      }
    }
    return new long[] {before, after};
  }
}
