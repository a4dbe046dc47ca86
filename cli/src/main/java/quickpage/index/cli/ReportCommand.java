package quickpage.index.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.error.RefusedException;
import quickpage.index.finish.RunReport;
import quickpage.index.json.Json;
import quickpage.index.stack.Account;
import quickpage.index.stack.DeployedRun;
import quickpage.index.stack.Deployment;
import quickpage.index.stack.Runs;
import quickpage.index.stack.UploadStarts;

/** {@code quickpage-index report}. */
@Command(
    name = "report",
    description =
        "Shows the report of a run: numbers, what failed, types without a page, pages without a"
            + " type.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {

  /** Of a list; a dataset may have thousands of types that have no page. */
  private static final int LINES = 20;

  @Spec private CommandSpec spec;
  @Mixin private StackFlags stack;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "Which run. Default: the one that was started last.")
  private String run;

  @Option(names = "--all", description = "Show lists whole, not only their first 20 lines.")
  private boolean all;

  @Option(names = "--json", description = "Print report.json as it is.")
  private boolean json;

  @Override
  public Integer call() {
    return stack.with(this::show);
  }

  private int show(Account account, Deployment deployment) {
    Runs runs = Runs.of(account, deployment);
    DeployedRun shown = runs.namedOrLatest(run);
    JsonNode report =
        runs.report(shown)
            .orElseThrow(
                () -> new RefusedException(whyNone(shown, new UploadStarts(account, deployment))));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report.toPrettyString());
    } else {
      print(report, out);
    }
    return CommandLine.ExitCode.OK;
  }

  private String whyNone(DeployedRun shown, UploadStarts uploads) {
    return switch (shown.status()) {
      case AT_WORK ->
          "The run %s is still at work; follow it: quickpage-index watch --stack %s"
              .formatted(shown.name(), stack.name());
      case FAILED ->
          "The run %s ended before it had anything to report: %s%s"
              .formatted(shown.name(), shown.failure(), waiting(uploads));
      case PUBLISHED -> "The report of the run %s was removed since.".formatted(shown.name());
    };
  }

  /** A sentence, or nothing where no upload waits. */
  private static String waiting(UploadStarts starts) {
    JsonNode uploads = Json.MAPPER.valueToTree(RunReport.Uploads.of(starts.pending()));
    return uploads.isObject() ? " Uploads " + inWords(uploads) + "." : "";
  }

  private void print(JsonNode report, PrintWriter out) {
    JsonNode dataset = report.path("dataset");
    JsonNode summary = report.path("summary");
    out.println("Run:      " + report.path("run").asText());
    out.println(
        report.path("failure").isTextual()
            ? "Failed:   " + report.path("failure").asText()
            : "Index:    " + summary.path("page").asText());
    out.printf(
        Locale.ROOT,
        "Dataset:  %s at %s%s%n",
        dataset.path("name").asText(),
        dataset.path("server").asText(),
        dataset.path("lastDatabaseEdit").isTextual()
            ? ", last edited " + dataset.path("lastDatabaseEdit").asText()
            : "");
    printUploads(out, report.path("uploads"));
    RunSummary.printNumbers(out, summary);
    list(
        out,
        "Types whose data could not be had",
        report.path("failures"),
        type -> "%s: %s".formatted(type.path("type").asText(), type.path("reason").asText()));
    list(out, "Pages without a type", report.path("unmatchedPages"), JsonNode::asText);
    list(out, "Files passed over for their names", report.path("ignoredPages"), JsonNode::asText);
    list(out, "Types without a page", report.path("typesWithoutPage"), JsonNode::asText);
    list(
        out,
        "Types that share a page's name",
        report.path("nameCollisions"),
        name ->
            "%s: %s, not %s"
                .formatted(
                    name.path("fileName").asText(),
                    name.path("listed").asText(),
                    words(name.path("others"))));
    list(
        out,
        "Pages that could be of two types",
        report.path("ambiguousPages"),
        page ->
            "%s: %s, not %s"
                .formatted(
                    page.path("path").asText(),
                    page.path("listed").asText(),
                    page.path("alternative").asText()));
  }

  /** What no published index had seen at the end of the run. */
  private static void printUploads(PrintWriter out, JsonNode uploads) {
    if (uploads.isObject()) {
      out.println("Uploads:  " + inWords(uploads));
    }
  }

  private static String inWords(JsonNode uploads) {
    String what;
    if (uploads.path("blocked").isTextual()) {
      what = "wait for a person: " + uploads.path("blocked").asText().replaceFirst("[.]$", "");
    } else if (uploads.path("nextAttempt").isTextual()) {
      what = "are tried again at " + uploads.path("nextAttempt").asText();
    } else {
      what = "wait for the next run";
    }
    return "since %s %s".formatted(uploads.path("waitingSince").asText(), what);
  }

  private static String words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private void list(PrintWriter out, String title, JsonNode list, Function<JsonNode, String> line) {
    if (list.isEmpty()) {
      return;
    }
    out.printf(Locale.ROOT, "%s (%,d):%n", title, list.size());
    StreamSupport.stream(list.spliterator(), false)
        .limit(all ? Long.MAX_VALUE : LINES)
        .forEach(one -> out.println("  " + line.apply(one)));
    if (!all && list.size() > LINES) {
      out.printf(Locale.ROOT, "  … and %,d more (--all)%n", list.size() - LINES);
    }
  }
}
