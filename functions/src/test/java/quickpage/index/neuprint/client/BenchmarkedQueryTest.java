package quickpage.index.neuprint.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.model.SideRule;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.cypher.TypeQuery;

/** What src/test/benchmark/queries.py measures is what the client sends. */
public class BenchmarkedQueryTest {

  @ParameterizedTest
  @CsvSource({"summed, false", "plain, true"})
  void theBenchmarkAsksTheClientsQuery(String form, boolean plain) throws IOException {
    String query =
        TypeQuery.of(
            List.of(new TypeToAsk("$types", 1, true)),
            SideRule.PROPERTIES,
            List.of("$primaryRois"),
            List.of(),
            plain);
    assertThat(Files.readString(Path.of("src/test/benchmark", form + ".cypher")).strip())
        .isEqualTo(
            query.replace("['$types']", "$types").replace("['$primaryRois']", "$primaryRois"));
  }
}
