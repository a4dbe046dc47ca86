package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import quickpage.index.cache.CacheMaintenance;
import quickpage.index.cache.CacheMaintenance.Kept;
import quickpage.index.cache.CacheMaintenance.Selection;
import quickpage.index.cache.FactTable;
import quickpage.index.json.Json;
import quickpage.index.local.SqliteFactCache;
import quickpage.index.stack.AwsCall;

/** {@code quickpage-index cache}. */
@Command(
    name = "cache",
    description = "Looks at the cache or clears it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(stats | clear)")
final class CacheCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which one: stats or clear?");
  }

  /** What both have in common. */
  private static final class Which {
    @Mixin private CacheFolder folder;

    @Option(
        names = "--stack",
        paramLabel = "NAME",
        description = "The cache of this deployed stack, and not the one on this machine.")
    private String stack;

    @Option(names = "--dataset", paramLabel = "NAME", description = "Only this dataset.")
    private String dataset;

    @Option(
        names = "--type",
        paramLabel = "NAME",
        description = "Only this type; may be given several times.")
    private List<String> types = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** The answer of the cache, or another one where there is no cache yet. */
    <T> T ask(Function<CacheMaintenance, T> question, T ifNone) {
      if (stack == null) {
        return askHere(question, ifNone);
      }
      if (folder.isGiven()) {
        throw new UsageException("--cache and --stack name two caches: give one of them.");
      }
      return askStack(question);
    }

    private <T> T askHere(Function<CacheMaintenance, T> question, T ifNone) {
      Path path = folder.path();
      FolderToWrite.checkKind("--cache", path);
      if (!SqliteFactCache.isIn(path)) {
        return ifNone;
      }
      try (SqliteFactCache cache = SqliteFactCache.open(path, Clock.systemUTC())) {
        return question.apply(cache);
      }
    }

    private <T> T askStack(Function<CacheMaintenance, T> question) {
      return StackFlags.with(
          stack,
          (account, deployment) ->
              AwsCall.of(
                  "use the table " + deployment.table(),
                  () ->
                      question.apply(
                          new FactTable(
                              account.dynamoDb(), deployment.table(), Clock.systemUTC()))));
    }

    /** In words. */
    String where() {
      return stack == null ? folder.path().toString() : "the stack " + stack;
    }

    ObjectNode answer() {
      ObjectNode json = Json.MAPPER.createObjectNode();
      return stack == null ? json.put("cache", folder.path().toString()) : json.put("stack", stack);
    }

    Selection selection() {
      return new Selection(dataset, types);
    }
  }

  @Command(
      name = "stats",
      description = "Shows what is cached, by dataset and version.",
      mixinStandardHelpOptions = true)
  void stats(@Mixin Which which) {
    List<Kept> kept = which.ask(table -> table.stats(which.selection()), List.of());
    PrintWriter out = spec.commandLine().getOut();
    if (which.json) {
      ObjectNode json = which.answer();
      json.set("kept", Json.MAPPER.valueToTree(kept));
      out.println(json);
      return;
    }
    if (kept.isEmpty()) {
      out.println("Nothing is cached in %s.".formatted(which.where()));
    }
    for (Kept one : kept) {
      out.printf(
          Locale.ROOT,
          "%s (uuid %s, last edited %s): %,d types, %,d of them expired, %.1f MB%n",
          one.dataset(),
          one.uuid().isEmpty() ? "none" : one.uuid(),
          one.lastDatabaseEdit().isEmpty() ? "never" : one.lastDatabaseEdit(),
          one.types(),
          one.expired(),
          one.bytes() / 1e6);
    }
  }

  @Command(
      name = "clear",
      description = "Removes what is cached; the next run asks NeuPrint for it again.",
      mixinStandardHelpOptions = true)
  void clear(@Mixin Which which) {
    StopSignals.finishFirst();
    long removed = which.ask(table -> table.clear(which.selection()), 0L);
    PrintWriter out = spec.commandLine().getOut();
    if (which.json) {
      ObjectNode json = which.answer();
      json.put("removed", removed);
      out.println(json);
    } else {
      out.printf(Locale.ROOT, "Removed %,d types from %s.%n", removed, which.where());
    }
  }
}
