package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.json.Json;
import quickpage.index.local.LocalPublications;
import quickpage.index.site.publish.Publications.Kept;
import quickpage.index.site.publish.Publications.ReleaseStatus;
import quickpage.index.stack.History;

/** {@code quickpage-index history}. */
@Command(
    name = "history",
    description =
        "Lists the publications of a folder or a stack that are kept, and which of them readers"
            + " see.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class HistoryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private FolderOrStack where;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    List<Kept> history =
        where.isStack()
            ? StackFlags.with(where.stack(), History::of)
            : new LocalPublications(where.folder()).history();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode answer = Json.MAPPER.createObjectNode();
      ArrayNode list = answer.putArray("publications");
      history.forEach(one -> list.add(json(one)));
      out.println(answer);
    } else if (history.isEmpty()) {
      out.println("No run has published an index there yet.");
    } else {
      history.forEach(one -> out.println(line(one)));
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static ObjectNode json(Kept one) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("number", one.number());
    json.put("run", one.number() == 0 ? null : one.run());
    json.put("generatedAt", one.number() == 0 ? null : one.generatedAt());
    json.put("standing", one.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.set("files", Json.MAPPER.valueToTree(one.files()));
    return json;
  }

  private static String line(Kept one) {
    return one.number() == 0
        ? "%4d  before the first index: %s%s"
            .formatted(0, String.join(", ", one.files()), inWords(one.status()))
        : "%4d  %s  %s%s"
            .formatted(one.number(), one.generatedAt(), one.run(), inWords(one.status()));
  }

  private static String inWords(ReleaseStatus status) {
    return switch (status) {
      case CURRENT -> "  (what readers see)";
      case EARLIER -> "";
      case WITHDRAWN -> "  (withdrawn by a rollback)";
      case INCOMPLETE -> "  (incomplete)";
    };
  }
}
