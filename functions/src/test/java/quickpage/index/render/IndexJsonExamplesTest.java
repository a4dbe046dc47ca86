package quickpage.index.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in docs/index-json.md do what it says that they do. */
class IndexJsonExamplesTest {
  private static final Path DOCS = Path.of("..", "docs", "index-json.md");

  @TempDir private Path site;

  @Test
  void theOneInPython() throws Exception {
    assertThat(run("python", "python3", "-")).isEqualTo("LC10a\t12\tunknown\ttypes/LC10a.html\n");
  }

  @Test
  void theOneForJq() throws Exception {
    Assumptions.assumeTrue(isInstalled("jq"), "There is no jq here: apt-get install jq.");

    assertThat(run("sh", "sh")).isEqualTo("LC10a\t12\n");
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** What the page's program in a language prints in the root of a site. */
  private String run(String language, String... command) throws IOException, InterruptedException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS));
    assertThat(block.find()).isTrue();
    Files.createDirectories(site.resolve("data"));
    Files.writeString(site.resolve("data/index.json"), Golden.read("index.json"));
    Process process =
        new ProcessBuilder(command).directory(site.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().write(block.group(1).getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
