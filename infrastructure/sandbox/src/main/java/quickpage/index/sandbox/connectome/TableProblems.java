package quickpage.index.sandbox.connectome;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is wrong with a table, collected to be said in one go: the same problem of many cells is
 * told once, with its first line and the number of the others.
 */
final class TableProblems {
  private final Path table;
  private final Map<Problem, List<Long>> linesByProblem = new LinkedHashMap<>();
  private final Map<Problem, String> firstExample = new LinkedHashMap<>();

  TableProblems(Path table) {
    this.table = table;
  }

  /**
   * One way of being wrong.
   *
   * @param column empty if the problem is of a whole line
   * @param what completes "column pre", or "line 3" if there is no column
   * @param mending a line of pandas, or empty
   */
  record Problem(String column, String what, String mending) {}

  /** Notes a problem of the whole table or of its header. */
  void add(String what, String mending) {
    add(1, new Problem("", what, mending), "");
  }

  /**
   * Notes a problem of a line.
   *
   * @param example of the problem, shown for the first line only; may be empty
   */
  void add(long line, Problem problem, String example) {
    linesByProblem.computeIfAbsent(problem, first -> new ArrayList<>()).add(line);
    firstExample.putIfAbsent(problem, example);
  }

  /** Does nothing if nothing was added. */
  void refuseIfAny() {
    if (linesByProblem.isEmpty()) {
      return;
    }
    List<String> sentences = linesByProblem.keySet().stream().map(this::sentence).toList();
    throw new RefusedInputException(String.join(System.lineSeparator(), sentences));
  }

  private String sentence(Problem problem) {
    List<Long> lines = linesByProblem.get(problem);
    StringBuilder sentence = new StringBuilder();
    sentence.append(table).append(", line ").append(lines.get(0));
    if (lines.size() > 1) {
      sentence.append(String.format(Locale.ROOT, " and %d more", lines.size() - 1));
    }
    if (!problem.column().isEmpty()) {
      sentence.append(", column ").append(problem.column());
    }
    sentence.append(": ");
    String example = firstExample.get(problem);
    if (!example.isEmpty()) {
      sentence.append(example).append(' ');
    }
    sentence.append(problem.what()).append('.');
    if (!problem.mending().isEmpty()) {
      sentence.append(" In pandas: ").append(problem.mending());
    }
    return sentence.toString();
  }

  /** A cell's text in quotes, cut if it is long. */
  static String quoted(String cell) {
    String line = cell.replaceAll("\\s+", " ");
    int most = 40;
    if (line.codePointCount(0, line.length()) <= most) {
      return "'" + line + "'";
    }
    return "'" + line.substring(0, line.offsetByCodePoints(0, most)) + "…'";
  }
}
