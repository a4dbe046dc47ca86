package quickpage.index.finish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.json.Json;
import quickpage.index.lease.RunOutcome;
import quickpage.index.model.Remedy;

class RunEndingTest {

  private static RunEnding ending(String stages) throws Exception {
    return RunEnding.of(
        Json.MAPPER.readValue(
            """
            {"execution": {"id": "arn:x", "name": "x", "startTime": "2026-01-01T00:00:00Z"},
             "defaults": {}, %s}\
            """
                .formatted(stages),
            FinishRequest.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"plan\": {\"failure\": \"No.\", \"remedy\": \"person\"}`            | PERSON",
        "`\"plan\": {\"failure\": \"No.\", \"remedy\": \"later\"}`             | LATER",
        "`\"plan\": {\"failure\": \"No.\"}`                                    | LATER",
        "`\"plan\": {\"failure\": \"No.\", \"remedy\": \"of a later version\"}` | LATER",
        "`\"plan\": {}, \"compose\": {\"failure\": \"No.\", \"remedy\": \"person\"}` | PERSON",
        "`\"plan\": {}, \"compose\": {\"failure\": \"No.\"}`                    | LATER",
        "`\"error\": {\"Error\": \"States.Timeout\"}`                          | LATER",
        "`\"error\": {\"Error\": \"Lambda.SnapStartNotReadyException\"}`       | LATER",
        "`\"error\": {\"Error\": \"Lambda.AccessDeniedException\"}`            | PERSON",
        "`\"plan\": {}`                                                       | LATER"
      })
  void aFailureSaysWhatMendsIt(String stages, Remedy remedy) throws Exception {
    RunEnding ending = ending(stages);

    assertThat(ending.published()).isFalse();
    assertThat(ending.outcome(null)).isEqualTo(new RunOutcome.Failed(remedy, ending.failure()));
  }

  @Test
  void anIndexThatWasPublishedIsThat() throws Exception {
    RunEnding ending = ending("\"plan\": {}, \"compose\": {\"publication\": 3}");

    assertThat(ending.published()).isTrue();
    assertThat(ending.outcome(null)).isEqualTo(new RunOutcome.Published(null));
  }
}
