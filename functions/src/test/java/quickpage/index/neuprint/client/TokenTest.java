package quickpage.index.neuprint.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.neuprint.token.BearerToken;
import quickpage.index.neuprint.token.EnvironmentToken;

public class TokenTest {
  private static final String CREDENTIALS = "NEUPRINT_APPLICATION_CREDENTIALS";

  @Test
  void credentialsComeBeforeTheToken() {
    assertThat(new EnvironmentToken(Map.of(CREDENTIALS, "a", "NEUPRINT_TOKEN", "b")).token())
        .isEqualTo("a");
    assertThat(new EnvironmentToken(Map.of(CREDENTIALS, " ", "NEUPRINT_TOKEN", "b")).token())
        .isEqualTo("b");
  }

  @Test
  void aTokenMayBeInItsJsonDocument() {
    String document = "{\"token\": \"abc.def\", \"email\": \"me@example.org\"}\n";
    EnvironmentToken source = new EnvironmentToken(Map.of(CREDENTIALS, document));
    assertThat(source.token()).isEqualTo("abc.def");
    assertThat(source.origin()).isEqualTo("the variable NEUPRINT_APPLICATION_CREDENTIALS");
  }

  @Test
  void withoutATokenNoneIsSentAndTheVariablesAreNamed() {
    EnvironmentToken source = new EnvironmentToken(Map.of());
    assertThat(source.token()).isEmpty();
    assertThat(source.origin()).contains(CREDENTIALS, "NEUPRINT_TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"abc.def\"", "'abc.def'", " \" abc.def \" \n"})
  void aTokenMayStandInQuotes(String text) {
    assertThat(BearerToken.read(text, "x")).isEqualTo("abc.def");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\": \"s3cr3t",
        "{\"tokens\": \"s3cr3t\"}",
        "{\"token\": [\"s3cr3t\"]}",
        "{\"token\": \"\"}",
        "s3cr3t and more",
        "s3cr3t\u00e9"
      })
  void whatIsNoTokenIsRefusedWithoutBeingQuoted(String text) {
    assertThatThrownBy(() -> BearerToken.read(text, "the secret neuprint"))
        .isInstanceOf(RefusedException.class)
        .hasNoCause()
        .hasMessageContaining("the secret neuprint")
        .hasMessageNotContaining("s3cr3t");
  }
}
