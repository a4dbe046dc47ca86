package quickpage.index.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import quickpage.index.json.Json;
import quickpage.index.local.LocalPublications;
import quickpage.index.local.LocalRun.Outcome;
import quickpage.index.neuprint.failure.ErrorClassification;
import quickpage.index.stack.DeployedRun;
import quickpage.index.stack.Runs;
import quickpage.index.workflow.ExecutionResult.Status;

/**
 * How a run ended, for people or for programs.
 *
 * @param failure why nothing was published; null if it was
 * @param page where the published page is; null after a failure
 * @param report where the report is; null if there is none
 * @param summary the numbers; missing after a failure
 * @param replaced somebody else's files that the run replaced; empty for a stack, whose report is
 *     the place to look
 * @param keptIn where they are kept
 * @param findings what the report says of names, missing for a stack
 */
record RunSummary(
    String run,
    String failure,
    String page,
    String report,
    JsonNode summary,
    List<String> replaced,
    String keptIn,
    JsonNode findings) {

  /** Of a list; all of it is in the report. */
  private static final int FIRST_FEW = 5;

  /** Of a run on this machine. */
  static RunSummary of(Outcome outcome) {
    boolean published = outcome.result().status() == Status.SUCCEEDED;
    String page = outcome.summary().path("page").asText();
    return new RunSummary(
        outcome.run(),
        published ? null : outcome.result().cause(),
        published ? outcome.out().resolve(page).toString() : null,
        outcome.report() == null ? null : outcome.report().toString(),
        outcome.summary(),
        outcome.replaced(),
        new LocalPublications(outcome.out()).kept(0).toString(),
        read(outcome.report()));
  }

  private static JsonNode read(Path report) {
    try {
      return report == null ? MissingNode.getInstance() : Json.MAPPER.readTree(report.toFile());
    } catch (IOException e) {
      // The run is over; its report is named all the same.
      return MissingNode.getInstance();
    }
  }

  /** Of a run of a deployed stack that has ended. */
  static RunSummary of(DeployedRun run, Runs runs) {
    JsonNode summary = run.result().path("summary");
    return new RunSummary(
        run.name(),
        run.failure(),
        run.failure() == null ? runs.address(summary.path("page").asText()) : null,
        runs.reportAddress(run).orElse(null),
        summary,
        List.of(),
        null,
        MissingNode.getInstance());
  }

  boolean published() {
    return failure == null;
  }

  /** One object. */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("run", run);
    json.put("status", published() ? "published" : "failed");
    json.put("failure", failure);
    json.put("index", page);
    json.put("report", report);
    if (!replaced.isEmpty()) {
      json.set("replaced", Json.MAPPER.valueToTree(replaced));
      json.put("replacedKeptIn", keptIn);
    }
    json.set("summary", published() ? summary : JsonNodeFactory.instance.nullNode());
    return json;
  }

  /** Prints it for a person or a program, and gives the exit code. */
  int print(CommandLine command, boolean json) {
    if (json) {
      command.getOut().println(toJson());
    } else {
      print(command.getOut(), command.getErr());
    }
    command.getOut().flush();
    if (published()) {
      return CommandLine.ExitCode.OK;
    }
    // A variable that the person has to set, as with any other wrong usage.
    return failure.contains(ErrorClassification.NO_TOKEN)
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  /** A few lines. */
  void print(PrintWriter out, PrintWriter err) {
    if (!published()) {
      err.println(failure);
      if (report != null) {
        err.println("Report: " + report);
      }
      return;
    }
    out.println("Index:    " + page);
    printNumbers(out, summary);
    printReplaced(out);
    printNames(out);
    if (report != null) {
      out.println("Report:   " + report);
    }
  }

  /** Not on every run: what a program that was here before writes again is replaced again. */
  private void printReplaced(PrintWriter out) {
    if (!replaced.isEmpty()) {
      out.println(
          "Replaced: %s, which no run had published; kept in %s, and brought back by rollback --to 0"
              .formatted(String.join(", ", replaced), keptIn));
    }
  }

  private void printNames(PrintWriter out) {
    list(
        out,
        "Types that share a page's name",
        findings.path("nameCollisions"),
        name ->
            "%s.html is of %s, not of %s"
                .formatted(
                    name.path("fileName").asText(),
                    name.path("listed").asText(),
                    StreamSupport.stream(name.path("others").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "))));
    list(out, "Types without a page", findings.path("typesWithoutPage"), JsonNode::asText);
  }

  private static void list(
      PrintWriter out, String title, JsonNode list, Function<JsonNode, String> inWords) {
    if (!list.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%s (%,d): %s%s%n",
          title,
          list.size(),
          StreamSupport.stream(list.spliterator(), false)
              .limit(FIRST_FEW)
              .map(inWords)
              .collect(Collectors.joining("; ")),
          list.size() > FIRST_FEW ? "; … (all are in the report)" : "");
    }
  }

  /** The numbers of a run, published or not. */
  static void printNumbers(PrintWriter out, JsonNode summary) {
    JsonNode types = summary.path("types");
    JsonNode pages = summary.path("pages");
    JsonNode cache = summary.path("cache");
    JsonNode neuprint = summary.path("neuprint");
    JsonNode time = summary.path("milliseconds");
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
        "Pages:    %,d, of no type %,d, passed over %,d%n",
        pages.path("listed").asLong(),
        pages.path("unmatched").asLong(),
        pages.path("ignored").asLong());
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
    if (summary.hasNonNull("estimatedCostUsd")) {
      out.printf(
          Locale.ROOT,
          "Cost:     about %.4f USD, at list prices of %s%n",
          summary.path("estimatedCostUsd").asDouble(),
          summary.path("pricesOf").asText("an unknown month"));
    }
  }
}
