package quickpage.index.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("each-jdk")
class SandboxServerCommandIT {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --types 5                        | Missing required option: '--port=N'
          --port x                         | Invalid value for option '--port': 'x' is not an int
          --port 70000                     | --port must be from 0 to 65535, not 70000.
          --port 0 --colour red            | Unknown options: '--colour', 'red'
          --port 0 --latency fast          | 'fast' is not a duration such as 200ms, 1.5s, 2m or 0.
          --port 0 --error-rate 2          | --error-rate must be from 0 to 1, not 2.0.
          --port 0 --max-queries 0         | --max-queries must be at least 1, not 0.
          --port 0 --memory-limit 0        | --memory-limit must be at least 1 MiB, not 0.
          --port 0 --hemibrain --types 3   | --hemibrain is a dataset of its own; it does not go with
          --port 0 --types 0               | --types must be at least 1, not 0.
          --port 0 --types 9 --neurons 8   | --neurons must be at least --types
          --port 0 --dataset :v1           | The dataset name ':v1' is not of the form
          --port 0 --meta m.json           | --neurons-csv and --meta are needed together.
          --port 0 --types 1 --meta m.json | do not go with --neurons-csv and --meta.
          --port 0 --neurons-csv /no/such.csv --meta /no/m.json | Cannot read /no/such.csv: there is no such file.
          """)
  void wrongUsageIsExplainedAndExitsWith2(String arguments, String complaint) {
    Run run = run(arguments.split(" "));

    assertThat(run.err()).contains(complaint);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsAFailureOfOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = run("--port", "" + taken.getLocalPort(), "--types", "2");

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).contains("" + taken.getLocalPort());
    }
  }

  @Test
  void helpNamesEveryOptionButTheHiddenOnes() {
    Run run = run("--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains(
            "--port", "--types", "--neurons", "--seed", "--neurons-csv", "--meta", "--dataset")
        .contains("--latency", "--error-rate", "--max-queries", "--token", "--bind", "--store")
        .contains("--export", "--time-limit", "Retry-After", "QUICKPAGE_SANDBOX_TOKEN")
        .doesNotContain("--control", "--exit-with-stdin");
  }

  @Test
  void theProcessPrintsOneLineAndEndsWithItsStandardInput(@TempDir Path folder) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SandboxMain.class.getName(),
            "--port=0",
            "--types=3",
            "--exit-with-stdin",
            "--export",
            folder.toString());
    builder.environment().put("QUICKPAGE_SANDBOX_TOKEN", "from-the-environment");
    Process process = builder.redirectError(folder.resolve("stderr").toFile()).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine())
          .matches(
              "Sandbox ready: http://127\\.0\\.0\\.1:\\d+ dataset male-cns:v0\\.9 \\(3 types, 45"
                  + " neurons\\) after \\d+\\.\\d s");
      assertThat(folder.resolve("neurons.csv")).isNotEmptyFile();

      process.getOutputStream().close();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  private record Run(int exit, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = SandboxMain.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = command.execute(arguments);
    return new Run(exit, out.toString(), err.toString());
  }
}
