package quickpage.index.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.finish.FinishRequest;
import quickpage.index.json.Json;

class DefaultsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"deployment\": \"dev\", \"metrics\": \"true\"}  | true",
        "{\"deployment\": \"dev\", \"metrics\": \"false\"} | false",
        // A definition from before the field.
        "{\"deployment\": \"dev\"}                       | true",
        // One machine.
        "{\"deployment\": \"\", \"metrics\": \"\"}         | false"
      })
  void metricsAreWrittenInDeploymentsThatWantThem(String json, boolean writes)
      throws JsonProcessingException {
    assertThat(Json.MAPPER.readValue(json, Defaults.class).writesMetrics()).isEqualTo(writes);
    assertThat(Json.MAPPER.readValue(json, FinishRequest.Defaults.class).writesMetrics())
        .isEqualTo(writes);
  }
}
