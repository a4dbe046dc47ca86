package quickpage.index.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.run.Metric;
import quickpage.index.neuprint.token.TokenSource;

class MetricLineTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theLineIsEmbeddedMetricFormat() throws JsonProcessingException {
    List<Metric> metrics = List.of(Metric.count("RunsFailed", 1), Metric.percent("Rate", 12.5));

    String text = FunctionOutput.of(() -> MetricLine.write("dev", "run-1", metrics, NOW));

    assertThat(text).endsWith("\n").hasLineCount(1);
    assertThat(Json.MAPPER.readTree(text))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"_aws": {"Timestamp": 1767225600000, "CloudWatchMetrics": [
                   {"Namespace": "QuickpageIndex", "Dimensions": [["Deployment"]], "Metrics": [
                     {"Name": "RunsFailed", "Unit": "Count"}, {"Name": "Rate", "Unit": "Percent"}]}]},
                 "Deployment": "dev", "run": "run-1", "RunsFailed": 1.0, "Rate": 12.5}
                """));
  }

  @Test
  void whereThereIsNoDeploymentNothingIsWritten() {
    List<Metric> metrics = List.of(Metric.count("RunsFailed", 1));

    assertThat(FunctionOutput.of(() -> MetricLine.write("", "r", metrics, NOW))).isEmpty();
    assertThat(FunctionOutput.of(() -> MetricLine.write("dev", "r", List.of(), NOW))).isEmpty();
  }

  private record Holding(String token) implements TokenSource {
    @Override
    public String reread() {
      return token;
    }

    @Override
    public String origin() {
      return "secret \"s\"";
    }
  }

  private static String told(TokenSource source) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return FunctionOutput.of(() -> TokenLife.tell(source, "dev", "run-1", clock));
  }

  @Test
  void aDeploymentIsToldHowLongItsTokenLastsAndNotWhatItIs() throws JsonProcessingException {
    String payload = "{\"exp\":%d}".formatted(NOW.getEpochSecond() + 3 * 86_400);
    String token =
        "x."
            + Base64.getUrlEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
            + ".y";

    String text = told(new Holding(token));

    JsonNode line = Json.MAPPER.readTree(text);
    assertThat(line.path("TokenDaysLeft").asInt()).isEqualTo(3);
    assertThat(text).doesNotContain(token);
  }

  @Test
  void aTokenWithoutAnEndHasNoMetric() {
    assertThat(told(new Holding("plain"))).isEmpty();
  }

  @Test
  void aTokenThatCannotBeReadIsThePlansToRefuse() {
    TokenSource none =
        new TokenSource() {
          @Override
          public String token() {
            throw new RefusedException("There is none.");
          }

          @Override
          public String reread() {
            return token();
          }

          @Override
          public String origin() {
            return "nowhere";
          }
        };

    assertThat(told(none)).isEmpty();
  }
}
