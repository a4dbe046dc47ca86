package quickpage.index.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import quickpage.index.text.VisibleText;

/**
 * Writes to the terminal. Control characters in names, errors and arguments are shown as escapes,
 * so that they cannot move the cursor or change colours. JSON stays the same JSON.
 */
final class VisibleWriter extends FilterWriter {

  private VisibleWriter(Writer to) {
    super(to);
  }

  static PrintWriter over(PrintWriter to) {
    return new PrintWriter(new VisibleWriter(to), true);
  }

  @Override
  public void write(int character) throws IOException {
    write(new char[] {(char) character}, 0, 1);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(VisibleText.lines(new String(text, offset, length)));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(VisibleText.lines(text.substring(offset, offset + length)));
  }
}
