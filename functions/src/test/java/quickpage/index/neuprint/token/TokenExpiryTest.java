package quickpage.index.neuprint.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class TokenExpiryTest {

  private static String token(String payload) {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    return "eyJhbGciOiJIUzI1NiJ9." + encoded + ".c2lnbmF0dXJl";
  }

  @Test
  void aTokenEndsWhenItsPayloadSays() {
    assertThat(TokenExpiry.of(token("{\"email\":\"ü@example.org\",\"exp\":1800000000}")))
        .contains(Instant.ofEpochSecond(1_800_000_000));
  }

  @ParameterizedTest
  @CsvSource({"1209600, 14", "1209599, 13", "86400, 1", "86399, 0", "0, 0", "-1, -1"})
  void onlyWholeDaysAreLeft(long seconds, long days) {
    Instant now = Instant.ofEpochSecond(1_800_000_000L - seconds);

    assertThat(TokenExpiry.daysLeft(token("{\"exp\":1800000000}"), now)).contains(days);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"exp\":\"soon\"}", "{\"exp\":null}", "[]", "no json", "{\"exp\":1e300}"})
  void aPayloadThatDoesNotSayWhenHasNoEnd(String payload) {
    assertThat(TokenExpiry.of(token(payload))).isEmpty();
  }

  @Property
  void anyTextIsReadWithoutAnException(@ForAll String text) {
    assertThat(TokenExpiry.of(text)).isEmpty();
  }

  @Property
  void anyPayloadIsReadWithoutAnException(@ForAll String middle) {
    assertThat(TokenExpiry.of("a." + middle.replace(".", "") + ".c")).isEmpty();
  }
}
