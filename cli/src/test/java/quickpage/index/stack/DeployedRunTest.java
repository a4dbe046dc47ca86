package quickpage.index.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class DeployedRunTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FAILED    | There is no dataset x. | There is no dataset x.",
        "FAILED    |                        | The run r failed (States.Runtime) without saying why;"
            + " its execution in Step Functions shows where.",
        "ABORTED   | wrong pages            | The run r was stopped by hand: wrong pages",
        "ABORTED   |                        | The run r was stopped by hand.",
        "TIMED_OUT |                        | The run r took too long and was stopped."
      })
  void saysWhyNothingWasPublished(String status, String cause, String sentence) {
    DeployedRun run =
        DeployedRun.of(
            DescribeExecutionResponse.builder()
                .name("r")
                .executionArn("arn:r")
                .status(status)
                .startDate(Instant.EPOCH)
                .error("States.Runtime")
                .cause(cause)
                .build());

    assertThat(run.failure()).isEqualTo(sentence);
    assertThat(run.status()).isEqualTo(DeployedRun.Status.FAILED);
  }
}
