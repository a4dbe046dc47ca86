package quickpage.index.neuprint.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.http.AnswerLimits;
import quickpage.index.neuprint.http.Backoff;

/** docs/reliability.md tells the limits that hold, and names tests that there are. */
public class ReliabilityDocumentTest {

  private static final Path ROOT = Path.of("..");
  private static String document;

  @BeforeAll
  static void read() throws IOException {
    document = Files.readString(ROOT.resolve("docs/reliability.md"));
  }

  @Test
  void tellsTheLimitsOfAnAnswer() {
    assertThat(document)
        .contains(
            "| bytes, unfolded | %d MB |".formatted(AnswerLimits.BYTES >> 20),
            "| nesting | %d |".formatted(AnswerLimits.NESTING),
            "| one text | %d million characters |".formatted(AnswerLimits.TEXT / 1_000_000),
            "| digits of a number | %,d |".formatted(AnswerLimits.DIGITS),
            "| values in a row | %d million |".formatted(AnswerLimits.VALUES_OF_A_ROW / 1_000_000),
            "| headers | %d KB |".formatted(AnswerLimits.HEADER_BYTES / 1024),
            "| from the first byte to the last | %d s |"
                .formatted(AnswerLimits.READING.toSeconds()));
  }

  @Test
  void tellsHowLongAServerIsWaitedFor() {
    assertThat(document.replaceAll("\\s+", " "))
        .contains(
            "repeated for %d s where a person has started the run"
                .formatted(NeuPrintAddress.PERSON_WAITS.toSeconds()),
            "for %d s where uploads have".formatted(NeuPrintAddress.NOBODY_WAITS.toSeconds()));
    assertThat(Backoff.PATIENT.attempts()).isEqualTo(8);
    assertThat(Backoff.PATIENT.attemptsAt500()).isEqualTo(3);
  }

  @Test
  void everyRowNamesTestsThatThereAre() throws IOException {
    Set<String> rows =
        document
            .lines()
            .filter(line -> line.startsWith("| ") && line.matches(".*(Test|IT)\\b.*\\|"))
            .collect(Collectors.toSet());
    assertThat(rows).hasSizeGreaterThan(30);
    Set<String> named = new TreeSet<>();
    for (String row : rows) {
      Matcher test = Pattern.compile("\\b([A-Z]\\w+(?:Test|IT))\\b").matcher(row);
      while (test.find()) {
        named.add(test.group(1));
      }
    }
    Set<String> there = new TreeSet<>();
    for (String module :
        Set.of("functions", "cli", "infrastructure/embedded", "infrastructure/localstack")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files.forEach(file -> there.add(file.getFileName().toString().replace(".java", "")));
      }
    }
    assertThat(there).containsAll(named);
  }
}
