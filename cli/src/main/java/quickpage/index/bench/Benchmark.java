package quickpage.index.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import quickpage.index.compare.IndexFile;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;

/** Measures one size of dataset: the script, the old program's way, and our runs. */
final class Benchmark {

  /** Passes of the script before anything counts; a real server has long been running. */
  private static final int WARM_UP_PASSES = 2;

  private final DatasetSize size;
  private final int rounds;
  private final BenchmarkServer server;
  private final BenchmarkSite site;
  private final Launcher launcher;
  private final Optional<OneQueryScript> script;
  private final Path folder;
  private final BenchmarkResults results;
  private final Consumer<String> progress;

  private Benchmark(
      DatasetSize size,
      int rounds,
      BenchmarkServer server,
      BenchmarkSite site,
      Launcher launcher,
      Optional<OneQueryScript> script,
      Path folder,
      BenchmarkResults results,
      Consumer<String> progress) {
    this.size = size;
    this.rounds = rounds;
    this.server = server;
    this.site = site;
    this.launcher = launcher;
    this.script = script;
    this.folder = folder;
    this.results = results;
    this.progress = progress;
  }

  /**
   * What is measured of a size.
   *
   * @param latencies in milliseconds; at the longest all scenarios, else a cold and a warm run
   * @param rounds how often
   * @param sample types that are asked for one by one
   */
  record Extent(DatasetSize size, List<Integer> latencies, int rounds, int sample) {}

  /**
   * Measures.
   *
   * @param launcher the script that users start
   * @param folder an empty one, which is left with what the processes wrote
   * @param progress is told each measurement
   */
  static void measure(
      Extent extent,
      Path launcher,
      Path folder,
      BenchmarkResults results,
      Consumer<String> progress) {
    DatasetSize size = extent.size();
    progress.accept(
        String.format(
            Locale.ROOT,
            "Starting a NeuPrint server with %,d types and %,d neurons …",
            size.types(),
            size.neurons()));
    try (BenchmarkServer server = new BenchmarkServer(size)) {
      Benchmark benchmark =
          new Benchmark(
              size,
              extent.rounds(),
              server,
              BenchmarkSite.write(server, folder.resolve("site")),
              new Launcher(launcher, folder),
              OneQueryScript.in(folder, OneQueryScript.PYTHON),
              folder,
              results,
              progress);
      results.add(
          size,
          benchmark.site.types().size(),
          benchmark.site.pages(),
          benchmark.script.isPresent());
      benchmark.warmUp();
      int longest = extent.latencies().stream().mapToInt(Integer::intValue).max().orElse(0);
      for (int latency : extent.latencies()) {
        server.setLatency(latency);
        for (int round = 1; round <= extent.rounds(); round++) {
          benchmark.measureRound(latency, round, latency == longest);
        }
        results.add(
            size, latency, OneByOneSample.ask(server, benchmark.site.types(), extent.sample()));
      }
    }
  }

  private void warmUp() {
    progress.accept("Warming the server up …");
    server.setLatency(0);
    for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
      script.ifPresent(query -> query.run(server, site));
    }
  }

  private void measureRound(int latency, int round, boolean allScenarios) {
    Optional<OneQueryScript.Result> scripted = script.map(query -> query.run(server, site));
    scripted.ifPresent(
        result ->
            note(
                new Measurement(
                    size.name(),
                    latency,
                    Measurement.SCRIPT,
                    round,
                    result.process().seconds(),
                    result.process().processorSeconds(),
                    result.querySeconds(),
                    null,
                    null)));
    CacheFile cache = new CacheFile(folder.resolve("cache-%d-%d".formatted(latency, round)));
    site.removePublications();
    List<String> queries = run(Scenario.COLD, latency, round, cache);
    replay(queries, latency, round);
    run(Scenario.WARM, latency, round, cache);
    if (allScenarios) {
      cache.forgetOneIn(100);
      run(Scenario.NEW_TYPES, latency, round, cache);
      cache.expireOneIn(10);
      run(Scenario.EXPIRED, latency, round, cache);
      server.edit();
      run(Scenario.NEW_VERSION, latency, round, cache);
    }
    scripted.ifPresent(result -> compare(result.index()));
  }

  /** Gives the queries for types that the run sent. */
  private List<String> run(Scenario scenario, int latency, int round, CacheFile cache) {
    server.forgetQueries();
    Launcher.Run run = launcher.run(server, site, cache);
    List<String> queries = server.typeQueries();
    note(
        new Measurement(
            size.name(),
            latency,
            scenario.label(),
            round,
            run.process().seconds(),
            run.process().processorSeconds(),
            null,
            queries.size(),
            run.summary()));
    return queries;
  }

  /** The queries of a run once more, by a client that does nothing with the answers. */
  private void replay(List<String> queries, int latency, int round) {
    Path bodies = folder.resolve("queries");
    try {
      Files.write(
          bodies,
          queries.stream()
              .map(
                  query -> {
                    ObjectNode body = Json.MAPPER.createObjectNode();
                    return body.put("cypher", query)
                        .put("dataset", BenchmarkServer.DATASET)
                        .toString();
                  })
              .collect(Collectors.toList()));
    } catch (IOException e) {
      throw new UncheckedIOException("the queries cannot be written", e);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(BareClient.class.getName());
    command.add(server.address() + "/api/custom/custom");
    command.add(bodies.toString());
    MeasuredProcess process = MeasuredProcess.run(server.environment(), folder, command);
    note(
        new Measurement(
            size.name(),
            latency,
            Measurement.BARE_CLIENT,
            round,
            Double.parseDouble(process.out().strip()),
            process.processorSeconds(),
            null,
            queries.size(),
            null));
  }

  private void compare(JsonNode scripted) {
    try (IndexFile index = IndexFile.open(site.root().resolve("data/index.json").toString())) {
      List<String> differences = IndexAgreement.differences(scripted, index);
      if (!differences.isEmpty()) {
        throw new RefusedException(
            "The script and the run disagree %d times: %s."
                .formatted(
                    differences.size(),
                    String.join("; ", differences.subList(0, Math.min(5, differences.size())))));
      }
      results.agreed(size);
    }
  }

  private void note(Measurement measurement) {
    results.add(measurement);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s, %d ms, round %d of %d, %s: %.2f s",
            size.name(),
            measurement.latencyMilliseconds(),
            measurement.round(),
            rounds,
            measurement.what(),
            measurement.seconds()));
  }
}
