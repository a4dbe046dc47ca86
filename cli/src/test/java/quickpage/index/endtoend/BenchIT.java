package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("each-jdk")
class BenchIT {
  @TempDir private Path folder;

  /** While tests run there is no jar, so this stands for the launcher. */
  private Path launcher() throws Exception {
    Path launcher =
        Files.writeString(
            folder.resolve("launcher"),
            """
            #!/bin/sh
            exec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' quickpage.index.cli.QuickpageIndex "$@"
            """
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return launcher;
  }

  private CommandLineProcess.Ended bench(Map<String, String> environment, String... more)
      throws Exception {
    List<String> words =
        List.of(
            "bench",
            "--types",
            "60",
            "--neurons",
            "600",
            "--rounds",
            "1",
            "--sample",
            "2",
            "--latency",
            "0",
            "--launcher",
            launcher().toString());
    return CommandLineProcess.run(
        environment, Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private static List<String> measured(JsonNode json, String field) {
    return StreamSupport.stream(json.path(field).spliterator(), false)
        .map(one -> one.path("what").asText())
        .toList();
  }

  private static JsonNode measurement(JsonNode json, String what) {
    return StreamSupport.stream(json.path("measurements").spliterator(), false)
        .filter(one -> one.path("what").asText().equals(what))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void measuresAllScenariosAndComparesTheIndexes() throws Exception {
    assumeTrue(hasPython(), "there is no python3");

    CommandLineProcess.Ended ended = bench(Map.of(), "--json");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    JsonNode json = TestSite.JSON.readTree(ended.out());
    List<String> all =
        List.of(
            "script",
            "cold",
            "bare client",
            "warm",
            "1 % new types",
            "10 % expired",
            "a new version");
    assertThat(measured(json, "measurements")).containsExactlyElementsOf(all);
    assertThat(measured(json, "medians")).containsExactlyElementsOf(all);
    assertThat(json.at("/datasets/0/indexesAgree").asBoolean()).isTrue();
    assertThat(json.at("/oneByOne/0/sampledTypes").asInt()).isEqualTo(2);
    assertThat(json.at("/machine/processors").asInt()).isPositive();
    assertThat(json.at("/machine/processor").asText()).isNotEmpty();
    for (JsonNode one : json.path("measurements")) {
      assertThat(one.path("seconds").asDouble()).isPositive();
      assertThat(one.path("processorSeconds").asDouble()).isPositive();
    }
    int types = measurement(json, "cold").at("/summary/cache/misses").asInt();
    assertThat(measurement(json, "cold").path("typeQueries").asInt())
        .isPositive()
        .isEqualTo(measurement(json, "bare client").path("typeQueries").asInt());
    assertThat(measurement(json, "cold").at("/summary/spentMilliseconds").has("queryWait"))
        .isTrue();
    assertThat(measurement(json, "warm").at("/summary/cache/hits").asInt()).isEqualTo(types);
    assertThat(measurement(json, "warm").path("typeQueries").asInt()).isZero();
    assertThat(measurement(json, "10 % expired").at("/summary/cache/expired").asInt())
        .isBetween(types / 20, types / 5);
    assertThat(measurement(json, "a new version").at("/summary/cache/misses").asInt())
        .isEqualTo(types);
  }

  private static boolean hasPython() throws Exception {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void refusesSizesAndRoundsThatMakeNoSense() {
    for (String words :
        List.of(
            "bench --types 5",
            "bench --types 5 --neurons 4",
            "bench --rounds 0",
            "bench --latency -1")) {
      CommandLineProcess.Ended wrong = CommandLineProcess.run(Map.of(), words.split(" ", -1));

      assertThat(wrong.exitCode()).as(words).isEqualTo(2);
      assertThat(wrong.err()).doesNotContain("Exception");
    }
  }
}
