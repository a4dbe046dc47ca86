package quickpage.index.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which secrets the functions that ask NeuPrint may read, by the parameters that name them. */
class SecretPoliciesTest {

  @ParameterizedTest
  @CsvSource({"'', ''", "token, ''", "'', authorities", "token, authorities"})
  void aSecretMayBeReadIfItIsNamed(String token, String authorities) throws IOException {
    CloudFormationTemplate template =
        ScenarioDeployment.template(
            ScenarioDeployment.BUCKET,
            "https://neuprint.org",
            Map.of("NeuPrintTokenSecretName", token, "NeuPrintAuthoritiesSecretName", authorities));
    for (String function : List.of("PlanFunction", "BatchFunction", "StartFunction")) {
      List<String> readable =
          template.policyOf(function).stream()
              .filter(statement -> statement.actions().contains("secretsmanager:GetSecretValue"))
              .flatMap(statement -> statement.resources().stream())
              .map(arn -> arn.replaceFirst(".*:secret:", "").replaceFirst("-\\?+$", ""))
              .toList();

      assertThat(readable)
          .as(function)
          .containsExactlyElementsOf(
              List.of(token, authorities).stream().filter(name -> !name.isEmpty()).toList());
    }
  }
}
