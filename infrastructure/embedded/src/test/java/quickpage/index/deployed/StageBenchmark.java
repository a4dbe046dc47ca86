package quickpage.index.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import quickpage.index.deployed.MeasuredRun.Call;
import quickpage.index.finish.FunctionMemory;
import quickpage.index.finish.RunCost;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.pages.TypeFileName;

/**
 * Time and cost of each stage by its memory, at the size of male-cns, and from that when a run
 * would publish its index. Not a test: it prints what it measured; docs/performance-aws.md says how
 * to run it.
 *
 * <p>Each plan, compose and finish is the first call of a restored function, as in a run a day; so
 * are the first batches, of which the mean stands for all: on AWS each child of the map has an
 * environment of its own.
 */
public final class StageBenchmark {

  private static final int MALE_CNS_TYPES = 11_700;
  private static final int MALE_CNS_NEURONS = 166_000;
  private static final String LATENCY = "200ms";

  /** Queries at NeuPrint at once, as a run has them by default. */
  private static final int AT_ONCE = 20;

  /** As the state machine makes for failures that pass. */
  private static final int ATTEMPTS = 6;

  /** So many batches get an environment of their own; those after them share the last. */
  private static final int FIRST_BATCHES = 3;

  private static final List<String> OF_A_RUN = List.of("plan", "batch", "compose", "finish");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final ScenarioDeployment deployment;
  private final HeldFunctions functions;
  private final Map<Integer, MeasuredRun> cold = new TreeMap<>();
  private final Map<Integer, MeasuredRun> warm = new TreeMap<>();

  /** What the call that was measured last asked NeuPrint. */
  private List<NeuPrintRelay.Question> lastQuestions = List.of();

  private StageBenchmark(ScenarioDeployment deployment, HeldFunctions functions) {
    this.deployment = deployment;
    this.functions = functions;
  }

  /** Takes the numbers of types and neurons, and the memory sizes, in MB; all may be left out. */
  public static void main(String[] arguments) throws Exception {
    // The JDK's server answers kept connections 40 ms late otherwise.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    int types = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MALE_CNS_TYPES;
    int neurons = arguments.length > 1 ? Integer.parseInt(arguments[1]) : MALE_CNS_NEURONS;
    List<Integer> sizes =
        arguments.length > 2
            ? Stream.of(arguments).skip(2).map(Integer::valueOf).toList()
            : List.of(512, 1024, 1769, 2560, 3538);
    Path folder = Files.createTempDirectory("stage-benchmark");
    // The deployment is closed first: a control group can be removed when its processes have ended.
    try (HeldFunctions functions = new HeldFunctions(folder);
        ScenarioDeployment deployment =
            ScenarioDeployment.large(folder, types, neurons, LATENCY, functions)) {
      new StageBenchmark(deployment, functions).run(neurons, sizes);
    }
    System.out.println("\nWhat was written stays in " + folder);
  }

  private void run(int neurons, List<Integer> asked) throws Exception {
    List<String> types = deployment.allTypes();
    int pages = 0;
    for (String type : types) {
      for (String side : List.of("", "_L", "_R")) {
        deployment.upload("types/" + TypeFileName.of(type) + side + ".html", type);
        pages++;
      }
    }
    deployment.s3().rememberListings(ScenarioDeployment.PREFIX + "types/");
    out.printf(
        Locale.ROOT,
        "%,d types, %,d neurons, %,d pages; %s added to each answer of NeuPrint, 15 ms to S3's, 5"
            + " ms to DynamoDB's; functions on Java 25, everything on %d processors of %s%n",
        types.size(),
        neurons,
        pages,
        LATENCY,
        Runtime.getRuntime().availableProcessors(),
        processor());
    TreeSet<Integer> sizes = new TreeSet<>(asked);
    OF_A_RUN.forEach(stage -> sizes.add(deployed(stage)));
    warmNeuPrintUp(sizes.last());

    out.printf(
        "%n| a run | MB | vCPUs | calls | s a call | of them waiting for NeuPrint | CPU s |");
    out.printf(" USD, all calls | memory at most, MB |%n");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (int size : sizes.descendingSet()) {
      functions.resize(new FunctionSize(size));
      deployment.emptyCache();
      cold.put(size, measure(size));
      print("cold", size, cold.get(size));
      warm.put(size, measure(size));
      print("warm", size, warm.get(size));
    }
    measureStart(sizes);

    List<NeuPrintRelay.Question> questions = cold.get(deployed("batch")).questions();
    timeline("a cold run", cold, deployment.relay().repeat(questions, AT_ONCE));
    timeline("a warm run", warm, 0);
    costs(types.size(), pages);
  }

  private static String processor() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*: ", ""))
          .findFirst()
          .orElse("an unknown kind");
    }
  }

  /** What the template gives a stage. */
  private int deployed(String stage) {
    String function = ScenarioDeployment.capital(stage) + "Function";
    return (Integer) deployment.template().properties(function).get("MemorySize");
  }

  /** A server that is new plans every query anew; a run that nobody counts asks them all. */
  private void warmNeuPrintUp(int size) throws Exception {
    functions.resize(new FunctionSize(size));
    measure(size);
  }

  private MeasuredRun measure(int size) throws Exception {
    ObjectNode execution =
        ScenarioDeployment.execution("of-%d-%d".formatted(size, System.nanoTime()));
    Map<String, List<Call>> calls = new LinkedHashMap<>();
    OF_A_RUN.forEach(stage -> calls.put(stage, new ArrayList<>()));
    JsonNode planned = first("plan", calls, () -> deployment.plan(execution));
    int batches = planned.path("batches").asInt();
    List<NeuPrintRelay.Question> questions = new ArrayList<>();
    if (batches > 0) {
      int number = 0;
      for (JsonNode batch : deployment.file(planned.path("itemsKey").asText())) {
        if (number < FIRST_BATCHES) {
          first("batch", calls, () -> deployment.batch(planned, batch));
        } else {
          refused(deployment.batch(planned, batch));
          lastQuestions = deployment.relay().takeQuestions();
        }
        questions.addAll(lastQuestions);
        number++;
      }
    }
    JsonNode composed = first("compose", calls, () -> deployment.compose(planned, execution));
    first("finish", calls, () -> deployment.finish(execution, planned, composed));
    OF_A_RUN.forEach(deployment::end);
    return new MeasuredRun(batches, planned.path("children").asInt(), calls, questions);
  }

  /** The first call of a new environment, repeated as the state machine repeats it. */
  private JsonNode first(String stage, Map<String, List<Call>> calls, Callable<JsonNode> work)
      throws Exception {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return measured(stage, calls, work);
      } catch (AssertionError e) {
        if (!e.getMessage().contains(TransientFailure.class.getName())) {
          throw e;
        }
        System.err.printf("A %s failed and is repeated, as on AWS.%n", stage);
      }
    }
    return measured(stage, calls, work);
  }

  private JsonNode measured(String stage, Map<String, List<Call>> calls, Callable<JsonNode> work)
      throws Exception {
    FunctionProcess function = deployment.restart(stage);
    deployment.relay().takeQuestions();
    double cpu = seconds(function);
    long start = System.nanoTime();
    JsonNode answer = work.call();
    double seconds = (System.nanoTime() - start) / 1e9;
    refused(answer);
    lastQuestions = deployment.relay().takeQuestions();
    calls
        .get(stage)
        .add(
            new Call(
                seconds,
                seconds(function) - cpu,
                NeuPrintRelay.waiting(lastQuestions),
                function.peakMegabytes()));
    return answer;
  }

  private static double seconds(FunctionProcess function) {
    return function.cpuTime().toMillis() / 1e3;
  }

  private static void refused(JsonNode answer) {
    if (answer.path("failure").isTextual()) {
      throw new IllegalStateException(answer.path("failure").asText());
    }
  }

  private void print(String name, int size, MeasuredRun run) {
    for (String stage : OF_A_RUN) {
      if (run.invocations(stage) > 0) {
        Call call = run.mean(stage);
        print(name + ": " + stage, size, run.invocations(stage), call);
      }
    }
  }

  private void print(String what, int size, int invocations, Call call) {
    FunctionSize given = new FunctionSize(size);
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %.2f | %d | %.2f | %.2f | %.2f | %.6f | %d |%n",
        what,
        size,
        given.processors(),
        invocations,
        call.seconds(),
        call.waiting(),
        call.cpu(),
        invocations * given.price(call.seconds()),
        call.megabytes());
  }

  /** Without a snapshot: from the start of the process to the answer, all of it held. */
  private void measureStart(NavigableSet<Integer> sizes) throws Exception {
    sizes.add(deployed("start"));
    for (int size : sizes.descendingSet()) {
      functions.resize(new FunctionSize(size));
      deployment.end("start");
      Map<String, String> events = new LinkedHashMap<>();
      events.put("start: cold, an upload", "start-upload");
      events.put("start: warm, an upload", "start-upload");
      events.put("start: warm, is the dataset edited", "start-dataset");
      for (Map.Entry<String, String> event : events.entrySet()) {
        startCalled(event.getKey(), size, deployment.event(event.getValue()));
      }
      deployment.end("start");
      startCalled("start: cold, is the dataset edited", size, deployment.event("start-dataset"));
      deployment.end("start");
    }
  }

  private void startCalled(String what, int size, JsonNode event) throws Exception {
    deployment.relay().takeQuestions();
    FunctionProcess running = deployment.function("start");
    double cpu = running == null ? 0 : seconds(running);
    long start = System.nanoTime();
    deployment.call("start", event);
    double seconds = (System.nanoTime() - start) / 1e9;
    FunctionProcess function = deployment.function("start");
    double waiting = NeuPrintRelay.waiting(deployment.relay().takeQuestions());
    print(
        what,
        size,
        1,
        new Call(seconds, seconds(function) - cpu, waiting, function.peakMegabytes()));
  }

  private void timeline(String title, Map<Integer, MeasuredRun> runs, double neuPrint) {
    out.println();
    out.print(new RunTimeline(stage -> runs.get(deployed(stage)), neuPrint).table(title));
  }

  /** The first row of the costs in docs/deploying.md, and what they come to. */
  private void costs(int types, int pages) {
    StringBuilder memory = new StringBuilder();
    Map<String, Long> milliseconds = new LinkedHashMap<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    double gigabyteSeconds = 0;
    int batches = cold.get(deployed("batch")).batches();
    for (String stage : OF_A_RUN) {
      MeasuredRun run = cold.get(deployed(stage));
      double call = Math.round(run.mean(stage).seconds() * 10) / 10.0;
      seconds.put(stage, call);
      milliseconds.put(stage, Math.round(run.invocations(stage) * call * 1000));
      memory.append("%s=%d ".formatted(stage, deployed(stage)));
      gigabyteSeconds += run.invocations(stage) * call * deployed(stage) / 1024;
    }
    double cost =
        RunCost.of(
            new RunCost.Usage(milliseconds, batches, types, types, pages),
            FunctionMemory.parse(memory.toString()));
    out.printf(
        Locale.ROOT,
        "%n| Lambda, arm64: plan %.1f s with %,d MB, %d batches of %.1f s with %,d MB, compose %.1f"
            + " s with %,d MB, finish %.1f s with %,d MB | %.1f GB-s × %.10f | %.4f |%n",
        seconds.get("plan"),
        deployed("plan"),
        batches,
        seconds.get("batch"),
        deployed("batch"),
        seconds.get("compose"),
        deployed("compose"),
        seconds.get("finish"),
        deployed("finish"),
        gigabyteSeconds,
        RunCost.GIGABYTE_SECOND,
        gigabyteSeconds * RunCost.GIGABYTE_SECOND);
    out.printf(Locale.ROOT, "| together | | %.4f |%n", cost);
  }
}
