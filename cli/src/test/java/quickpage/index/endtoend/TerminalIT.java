package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Progress on a terminal, while what the command prints goes into a program. */
@Tag("each-jdk")
class TerminalIT {
  private static final String BAR = "\u2588";

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void needsAProgramThatMakesATerminal() throws IOException {
    assumeThat(scriptIsOfUtilLinux()).as("script of util-linux is there").isTrue();
    out = folder.resolve("out.json");
  }

  private static boolean scriptIsOfUtilLinux() {
    try {
      Process version = new ProcessBuilder("script", "--version").start();
      String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.contains("util-linux");
    } catch (IOException e) {
      return false;
    }
  }

  private CommandLineProcess.Ended run(Map<String, String> environment) {
    TestSite site = new TestSite(folder.resolve("site"), "");
    site.add("LC4.html");
    return CommandLineProcess.onTerminal(
            environment,
            out,
            RunWords.of(
                site.root(),
                folder.resolve("cache"),
                "http://127.0.0.1:1",
                "x:v1",
                "--json",
                "--no-roi-analysis"))
        .end();
  }

  @Test
  void showsABarAndClearsItAtTheEnd() throws IOException {
    CommandLineProcess.Ended ended = run(Map.of("TERM", "xterm", "LC_ALL", "C.UTF-8"));

    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(ended.out()).contains("Planning", "Composing", "Reporting", BAR);
    String afterLastBar = ended.out().substring(ended.out().lastIndexOf(BAR) + 1);
    String blankRow = afterLastBar.substring(afterLastBar.lastIndexOf("\u001b[1A"));
    assertThat(blankRow.replaceAll("\u001b\\[\\d[AB]", "")).isBlank().contains(" ".repeat(40));
    assertThat(TestSite.JSON.readTree(Files.readString(out)).path("status").asText())
        .isEqualTo("published");
  }

  @Test
  void printsPlainLinesWhereTheTerminalIsDumb() throws IOException {
    CommandLineProcess.Ended ended = run(Map.of("TERM", "dumb", "LC_ALL", "C.UTF-8"));

    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(ended.out().lines())
        .containsExactly("Planning \u2026", "Composing \u2026", "Reporting \u2026");
    assertThat(Files.readString(out)).startsWith("{");
  }
}
