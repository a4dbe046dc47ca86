package quickpage.index.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  @Test
  void aVariableThatIsNotSetIsNamed() {
    Environment environment = new Environment(Map.of("CACHE_TABLE", "facts", "EMPTY", " "));

    assertThat(environment.required("CACHE_TABLE")).isEqualTo("facts");
    assertThatThrownBy(() -> environment.required("EMPTY"))
        .hasMessage("The environment variable EMPTY is not set.");
    assertThatThrownBy(() -> environment.required("OTHER"))
        .hasMessage("The environment variable OTHER is not set.");
  }
}
