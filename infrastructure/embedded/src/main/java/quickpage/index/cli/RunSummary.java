package quickpage.index.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import quickpage.index.embedded.local.LocalRun.Outcome;
import quickpage.index.embedded.workflow.ExecutionResult.Status;

/** How a run ended, for people or for programs. */
final class RunSummary {

  private final Outcome outcome;

  RunSummary(Outcome outcome) {
    this.outcome = outcome;
  }

  boolean published() {
    return outcome.result().status() == Status.SUCCEEDED;
  }

  /** The published page; only after a run that published. */
  Path page() {
    return outcome.out().resolve(outcome.summary().path("page").asText());
  }

  private String failure() {
    return published() ? null : outcome.result().cause();
  }

  /** One object. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("run", outcome.run());
    json.put("status", published() ? "published" : "failed");
    json.put("failure", failure());
    json.put("index", published() ? page().toString() : null);
    json.put("report", outcome.report() == null ? null : outcome.report().toString());
    json.set("summary", published() ? outcome.summary() : JsonNodeFactory.instance.nullNode());
    return json;
  }

  /** A few lines. */
  void print(PrintWriter out, PrintWriter err) {
    if (!published()) {
      err.println(failure());
      if (outcome.report() != null) {
        err.println("Report: " + outcome.report());
      }
      return;
    }
    JsonNode summary = outcome.summary();
    JsonNode types = summary.path("types");
    JsonNode pages = summary.path("pages");
    JsonNode cache = summary.path("cache");
    JsonNode neuprint = summary.path("neuprint");
    JsonNode time = summary.path("milliseconds");
    out.println("Index:    " + page());
    out.printf(
        Locale.ROOT,
        "Types:    %,d (%,d described, %,d without neurons, %,d not asked, %,d unavailable); %,d"
            + " more have no page%n",
        types.path("planned").asLong(),
        types.path("ok").asLong(),
        types.path("noNeurons").asLong(),
        types.path("notAsked").asLong(),
        types.path("unavailable").asLong(),
        types.path("withoutPage").asLong());
    out.printf(
        Locale.ROOT,
        "Pages:    %,d, of no type %,d%n",
        pages.path("listed").asLong(),
        pages.path("unmatched").asLong());
    out.printf(
        Locale.ROOT,
        "Cache:    %,d hits, %,d misses (%,d expired)%n",
        cache.path("hits").asLong(),
        cache.path("misses").asLong(),
        cache.path("expired").asLong());
    out.printf(
        Locale.ROOT,
        "NeuPrint: %,d requests (%,d for types), %,d retries, %,d splits, %.1f MB, median %,d ms%n",
        neuprint.path("requests").asLong(),
        neuprint.path("typeQueries").asLong(),
        neuprint.path("retries").asLong(),
        neuprint.path("splits").asLong(),
        neuprint.path("bytesReceived").asLong() / 1e6,
        neuprint.path("latency").path("p50").asLong());
    out.printf(
        Locale.ROOT,
        "Time:     %.1f s (plan %.1f, batches %.1f, compose %.1f)%n",
        time.path("run").asLong() / 1e3,
        time.path("plan").asLong() / 1e3,
        time.path("batch").asLong() / 1e3,
        time.path("compose").asLong() / 1e3);
    out.println("Report:   " + outcome.report());
  }
}
