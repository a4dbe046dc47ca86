package quickpage.index.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import quickpage.index.json.Json;

/** Everything that was measured, as a table and as JSON. */
final class BenchmarkResults {

  /** What QuickPage's authors measured of the program itself, for a site of male-cns. */
  private static final String OLD_PROGRAM =
      "The program itself takes 0.84 s a type at 200 ms, 2 h 43 min for 11,700 types; its authors"
          + " measured 50 to 82 minutes.";

  private static final String NO_CONNECTIONS =
      "The server has no connections, so two of its four answers a type are empty, which favours"
          + " it.";

  private final String version;
  private final Machine machine = Machine.here();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Site> sites = new ArrayList<>();
  private final List<Sampled> samples = new ArrayList<>();
  private final Set<String> agreed = new LinkedHashSet<>();

  /**
   * Nothing yet.
   *
   * @param version of what is measured
   */
  BenchmarkResults(String version) {
    this.version = version;
  }

  private record Site(DatasetSize size, int types, int pages, boolean hasScript) {}

  private record Sampled(
      DatasetSize size, int latencyMilliseconds, int all, OneByOneSample sample) {
    double scaledSeconds() {
      return sample.scaledTo(all);
    }
  }

  /**
   * Another dataset.
   *
   * @param types that it has
   * @param pages of the site
   * @param hasScript whether the script can be measured
   */
  void add(DatasetSize size, int types, int pages, boolean hasScript) {
    sites.add(new Site(size, types, pages, hasScript));
  }

  void add(Measurement measurement) {
    measurements.add(measurement);
  }

  void add(DatasetSize size, int latencyMilliseconds, OneByOneSample sample) {
    int all = sites.get(sites.size() - 1).types();
    samples.add(new Sampled(size, latencyMilliseconds, all, sample));
  }

  /** The script's index and ours were compared, and say the same. */
  void agreed(DatasetSize size) {
    agreed.add(size.name());
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s; %s, %d processors, %,d MB; %s; Java %s%n",
        version,
        machine.processor(),
        machine.processors(),
        machine.memoryMegabytes(),
        machine.system(),
        machine.java());
    for (Site site : sites) {
      out.println();
      out.printf(
          Locale.ROOT,
          "%s: %,d types, %,d neurons, %,d pages%n",
          site.size().name(),
          site.types(),
          site.size().neurons(),
          site.pages());
      if (!site.hasScript()) {
        out.println("There is no python3, so the script was left out, and all ratios to it.");
      }
      for (Sampled sampled : samples) {
        if (sampled.size().equals(site.size())) {
          print(out, site.size().name(), sampled);
        }
      }
      if (agreed.contains(site.size().name())) {
        out.println("The script's index and ours agree in every field that the script has.");
      }
    }
    out.println();
    out.println(
        "Seconds are of whole processes, medians of the rounds; those of the bare client are of its"
            + " queries alone.");
    out.println(
        "Processor time is that of our processes; its ratio is to the time of the script's"
            + " queries.");
    out.println(NO_CONNECTIONS);
    out.println(OLD_PROGRAM);
    out.flush();
  }

  private void print(PrintWriter out, String size, Sampled sampled) {
    int latency = sampled.latencyMilliseconds();
    OptionalDouble script = median(size, latency, Measurement.SCRIPT, Measurement::seconds);
    OptionalDouble query = median(size, latency, Measurement.SCRIPT, Measurement::querySeconds);
    out.printf(
        Locale.ROOT,
        "%n%-32s %9s %9s %11s %9s %8s%n",
        latency + " ms added to each answer",
        "seconds",
        "× script",
        "processor s",
        "× query",
        "queries");
    for (String what : kinds(size, latency)) {
      double seconds = median(size, latency, what, Measurement::seconds).orElseThrow();
      double processor = median(size, latency, what, Measurement::processorSeconds).orElseThrow();
      OptionalDouble queries =
          what.equals(Measurement.SCRIPT)
              ? OptionalDouble.empty()
              : median(size, latency, what, Measurement::typeQueries);
      out.printf(
          Locale.ROOT,
          "%-32s %9.2f %9s %11.2f %9s %8s%n",
          what,
          seconds,
          ratio(seconds, script),
          processor,
          ratio(processor, query),
          queries.isPresent() ? "%.0f".formatted(queries.getAsDouble()) : "");
    }
    out.printf(
        Locale.ROOT,
        "%-32s %9.0f %9s   scaled up from %d types in %.1f s%n",
        "QuickPage's way, one by one",
        sampled.scaledSeconds(),
        ratio(sampled.scaledSeconds(), script),
        sampled.sample().types(),
        sampled.sample().seconds());
  }

  private static String ratio(double value, OptionalDouble to) {
    return to.isPresent() ? String.format(Locale.ROOT, "%.2f", value / to.getAsDouble()) : "";
  }

  /** In the order in which they were measured first. */
  private Set<String> kinds(String size, int latency) {
    Set<String> kinds = new LinkedHashSet<>();
    for (Measurement measurement : measurements) {
      if (measurement.size().equals(size) && measurement.latencyMilliseconds() == latency) {
        kinds.add(measurement.what());
      }
    }
    return kinds;
  }

  private OptionalDouble median(
      String size, int latency, String what, ToDoubleFunction<Measurement> value) {
    double[] sorted =
        measurements.stream()
            .filter(
                measurement ->
                    measurement.size().equals(size)
                        && measurement.latencyMilliseconds() == latency
                        && measurement.what().equals(what))
            .mapToDouble(value)
            .sorted()
            .toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** One object: what was measured on, and every measurement. */
  ObjectNode toJson() {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("version", version);
    json.set("machine", Json.MAPPER.valueToTree(machine));
    ArrayNode datasets = json.putArray("datasets");
    for (Site site : sites) {
      datasets
          .addObject()
          .put("size", site.size().name())
          .put("types", site.types())
          .put("neurons", site.size().neurons())
          .put("pages", site.pages())
          .put("script", site.hasScript())
          .put("indexesAgree", agreed.contains(site.size().name()));
    }
    json.set("measurements", Json.MAPPER.valueToTree(measurements));
    ArrayNode medians = json.putArray("medians");
    ArrayNode oneByOne = json.putArray("oneByOne");
    for (Sampled sampled : samples) {
      addMedians(medians, sampled.size().name(), sampled.latencyMilliseconds());
      oneByOne
          .addObject()
          .put("size", sampled.size().name())
          .put("latencyMilliseconds", sampled.latencyMilliseconds())
          .put("sampledTypes", sampled.sample().types())
          .put("sampledSeconds", sampled.sample().seconds())
          .put("scaledToTypes", sampled.all())
          .put("scaledSeconds", sampled.scaledSeconds());
    }
    json.putArray("notes").add(NO_CONNECTIONS).add(OLD_PROGRAM);
    return json;
  }

  private void addMedians(ArrayNode medians, String size, int latency) {
    OptionalDouble script = median(size, latency, Measurement.SCRIPT, Measurement::seconds);
    OptionalDouble query = median(size, latency, Measurement.SCRIPT, Measurement::querySeconds);
    for (String what : kinds(size, latency)) {
      double seconds = median(size, latency, what, Measurement::seconds).orElseThrow();
      double processor = median(size, latency, what, Measurement::processorSeconds).orElseThrow();
      ObjectNode one =
          medians
              .addObject()
              .put("size", size)
              .put("latencyMilliseconds", latency)
              .put("what", what)
              .put("seconds", seconds)
              .put("processorSeconds", processor);
      script.ifPresent(of -> one.put("secondsToScript", seconds / of));
      query.ifPresent(of -> one.put("processorSecondsToScriptQuery", processor / of));
    }
  }
}
