package quickpage.index.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The last, because it leaves the stack with another server and dataset. */
@Order(Integer.MAX_VALUE)
@NeedsLocalStack
class RedeployedIT {

  @Test
  void usesAChangedParameterAtTheNextRun() {
    DeployedSite site = DeployedSite.shared();
    site.neuPrint().calm();
    site.settle();
    // A deployment may break off the start function amid messages, which come again after this.
    site.triesAgainAfter(Duration.ofSeconds(20));
    try (SandboxForLambdas other = new SandboxForLambdas("hemibrain:v1.2.1", site.localStack())) {
      site.token(other.token());
      other.types().subList(0, 5).forEach(type -> site.upload("types/" + type + ".html"));

      site.deploy(Map.of("NeuPrintServer", other.server(), "NeuPrintDataset", other.dataset()));
      site.settle();
      DescribeExecutionResponse run = site.run("{}");

      assertThat(run.status()).as(run.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
      assertThat(site.index().at("/dataset/name").asText()).isEqualTo("hemibrain:v1.2.1");
      assertThat(site.index().at("/dataset/server").asText()).isEqualTo(other.server());

      DescribeExecutionResponse named = site.run(DeployedSite.event("console/other-dataset.json"));
      assertThat(named.status()).as(named.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }
  }
}
