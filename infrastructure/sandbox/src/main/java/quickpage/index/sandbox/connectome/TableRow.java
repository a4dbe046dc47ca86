package quickpage.index.sandbox.connectome;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A row of a table as it was written.
 *
 * @param line where it starts, from 1 on
 * @param cells null for one that is empty, or that says without quotes that its value is missing:
 *     with quotes the same word is a text
 */
record TableRow(long line, List<String> cells) {

  /** Makes a row of what the parser finds. */
  static final class Handler extends AbstractBaseCsvCallbackHandler<TableRow> {
    private List<String> cells = new ArrayList<>();

    @Override
    protected void handleBegin(long startingLine) {
      cells = new ArrayList<>(cells.size());
    }

    @Override
    protected void handleField(int column, char[] buffer, int from, int length, boolean quoted) {
      String cell = new String(buffer, from, length);
      boolean missing = cell.isEmpty() || (!quoted && CellForms.isMissing(cell));
      cells.add(missing ? null : cell);
    }

    @Override
    protected TableRow buildRecord() {
      return new TableRow(getStartingLineNumber(), Collections.unmodifiableList(cells));
    }
  }
}
