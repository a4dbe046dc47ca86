package quickpage.index.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.local.LocalRun;
import quickpage.index.local.SandboxProcess;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.NeuPrintClients;
import quickpage.index.site.PageLayout;
import quickpage.index.workflow.WorkflowListener;

/** {@code quickpage-index bench}: a cold and a warm run against the sandbox, measured. */
@Command(
    name = "bench",
    description =
        "Measures a run with an empty cache and one with a full cache, against a server on this"
            + " machine.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {

  private static final String DATASET = "male-cns:v0.9";

  /** Every type is asked for so often before anything is measured. */
  private static final int WARM_UP_PASSES = 4;

  @Spec private CommandSpec spec;

  @Option(
      names = "--types",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Neuron types. Default: ${DEFAULT-VALUE}.")
  private int types;

  @Option(
      names = "--neurons",
      paramLabel = "N",
      defaultValue = "30000",
      description = "Neurons of all types. Default: ${DEFAULT-VALUE}.")
  private int neurons;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      defaultValue = "200ms",
      description = "Added to every round trip to NeuPrint. Default: ${DEFAULT-VALUE}.")
  private String latency;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Measure so many times. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(names = "--json", description = "Print one JSON object on stdout.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Path folder = temporaryFolder();
    String token = UUID.randomUUID().toString();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("types", types).put("neurons", neurons).put("latency", latency);
    answer.put("java", System.getProperty("java.version"));
    answer.put("processors", Runtime.getRuntime().availableProcessors());
    answer.put("heapLimitMb", Runtime.getRuntime().maxMemory() >> 20);
    try (SandboxProcess sandbox =
        SandboxProcess.startForLong(
            token,
            "2g",
            List.of(
                "--types",
                Integer.toString(types),
                "--neurons",
                Integer.toString(neurons),
                "--dataset",
                DATASET,
                "--latency",
                latency))) {
      NeuPrintClients neuPrints = new NeuPrintClients(new FixedToken(token));
      Path site = folder.resolve("site");
      int pages =
          SamplePages.write(
              neuPrints.apply(new NeuPrintAddress(sandbox.server(), "bench-pages", "", "")),
              DATASET,
              site,
              PageLayout.NEUVIEW);
      answer.put("pages", pages);
      warmUp(neuPrints.apply(new NeuPrintAddress(sandbox.server(), "bench-warm-up", "", "")));
      for (int round = 1; round <= repeat; round++) {
        Path cache = folder.resolve("cache-" + round);
        for (String kind : List.of("cold", "warm")) {
          resetPeaks();
          LocalRun.Outcome outcome =
              new LocalRun(
                      site,
                      site,
                      cache,
                      sandbox.server(),
                      DATASET,
                      JsonNodeFactory.instance.objectNode(),
                      // With connections of its own, as a person's run has.
                      new NeuPrintClients(new FixedToken(token)))
                  .execute(WorkflowListener.NONE);
          RunSummary summary = RunSummary.of(outcome);
          if (!summary.published()) {
            summary.print(out, spec.commandLine().getErr());
            return CommandLine.ExitCode.SOFTWARE;
          }
          ObjectNode measured = answer.withArray("runs").addObject();
          measured.put("kind", kind).put("peakHeapMb", peakHeap() >> 20);
          measured.set("summary", outcome.summary());
          if (!json) {
            print(out, kind, outcome.summary());
          }
        }
      }
      if (json) {
        out.println(answer);
      }
      return CommandLine.ExitCode.OK;
    } finally {
      remove(folder);
    }
  }

  /** A real server has long been running; one that has just started takes several times as long. */
  private static void warmUp(NeuPrint neuPrint) {
    for (int pass = 1; pass <= WARM_UP_PASSES; pass++) {
      SamplePages.describe(neuPrint, DATASET, neuPrint.meta(DATASET).primaryRois());
    }
  }

  private void print(PrintWriter out, String kind, JsonNode summary) {
    JsonNode time = summary.path("milliseconds");
    long queries = summary.path("neuprint").path("typeQueries").asLong();
    out.printf(
        Locale.ROOT,
        "%s: %.2f s of workflow time (plan %.2f, batches %.2f, compose %.2f); %,d types, %,d"
            + " neurons, %,d pages, %s a round trip; %d queries for types%s; peak heap %,d MB of"
            + " %,d MB%n",
        kind,
        time.path("run").asLong() / 1e3,
        time.path("plan").asLong() / 1e3,
        time.path("batch").asLong() / 1e3,
        time.path("compose").asLong() / 1e3,
        types,
        neurons,
        summary.path("pages").path("listed").asLong(),
        latency,
        queries,
        queries == 0 ? "" : ", one per %.0f types".formatted((double) types / queries),
        peakHeap() >> 20,
        Runtime.getRuntime().maxMemory() >> 20);
    out.flush();
  }

  private static Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static void resetPeaks() {
    System.gc();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** Garbage included, so never less than what was needed. */
  private static long peakHeap() {
    return heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("quickpage-index-bench");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made", e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder stays: " + folder, e);
    }
  }
}
