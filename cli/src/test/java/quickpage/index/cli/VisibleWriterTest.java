package quickpage.index.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VisibleWriterTest {

  @Test
  void nothingThatIsWrittenSteersTheTerminal() {
    StringWriter shown = new StringWriter();
    PrintWriter out = VisibleWriter.over(new PrintWriter(shown));
    out.println("\u001b]0;title\u0007 Δ7 🧠");
    out.print('\u202e');
    out.write(new char[] {'a', '\r', '\n', '\u009b'});
    out.flush();
    assertThat(shown.toString())
        .isEqualTo("\\u001b]0;title\\u0007 Δ7 🧠" + System.lineSeparator() + "\\u202ea\r\n\\u009b");
  }
}
