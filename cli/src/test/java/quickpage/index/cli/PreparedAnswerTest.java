package quickpage.index.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class PreparedAnswerTest {

  @Test
  void theHelpThatIsKeptInAFileIsWhatTheCommandsSay() throws Exception {
    try (InputStream kept = PreparedAnswer.class.getResourceAsStream("help.txt")) {
      assertThat(new String(kept.readAllBytes(), StandardCharsets.UTF_8))
          .as("src/main/resources/quickpage/index/cli/help.txt")
          .isEqualToNormalizingNewlines(
              QuickpageIndex.commandLine("--help").getUsageMessage(Ansi.OFF));
    }
  }

  @Test
  void theVersionIsWhatTheCommandsSay() {
    assertThat(QuickpageIndex.commandLine("--version").getCommandSpec().version())
        .containsExactly(Version.text());
  }

  @Test
  void leavesEverythingElseToTheCommands() {
    assertThat(PreparedAnswer.print()).isFalse();
    assertThat(PreparedAnswer.print("run")).isFalse();
    assertThat(PreparedAnswer.print("run", "--help")).isFalse();
  }
}
