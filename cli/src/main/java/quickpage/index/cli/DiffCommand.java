package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quickpage.index.compare.IndexDifferences;
import quickpage.index.compare.IndexFile;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;

/** {@code quickpage-index diff}. */
@Command(
    name = "diff",
    description =
        "Compares two index.json field by field; the time they were generated is left out.",
    mixinStandardHelpOptions = true,
    footer = "Exit code: 0 the same, 1 different, 2 could not compare.")
final class DiffCommand implements Callable<Integer> {

  /** Lines for a person; --json has all. */
  private static final int SHOWN = 100;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "Path or URL.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "Path or URL.")
  private String b;

  @Option(names = "--json", description = "Print one JSON object with all differences.")
  private boolean json;

  @Override
  public Integer call() {
    List<IndexDifferences.Difference> differences = differences();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode answer = Json.MAPPER.createObjectNode();
      answer.put("same", differences.isEmpty());
      answer.set("differences", Json.MAPPER.valueToTree(differences));
      out.println(answer);
    } else if (differences.isEmpty()) {
      out.println("The same.");
    } else {
      differences.stream().limit(SHOWN).forEach(out::println);
      if (differences.size() > SHOWN) {
        out.println("… and %,d more; --json has all.".formatted(differences.size() - SHOWN));
      }
      out.println(
          "%,d difference%s.".formatted(differences.size(), differences.size() == 1 ? "" : "s"));
    }
    return differences.isEmpty() ? 0 : 1;
  }

  private List<IndexDifferences.Difference> differences() {
    try (IndexFile inA = IndexFile.open(a);
        IndexFile inB = IndexFile.open(b)) {
      return IndexDifferences.between(inA, inB);
    } catch (RefusedException e) {
      // With 1 it would say that they differ.
      throw new UsageException(e.getMessage(), e);
    }
  }
}
