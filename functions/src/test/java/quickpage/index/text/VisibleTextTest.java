package quickpage.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.TransientFailure;

public class VisibleTextTest {

  @ParameterizedTest
  @CsvSource({
    "a\u001b[31mred, a\\u001b[31mred",
    "a\u0000b, a\\u0000b",
    "a\u007fb, a\\u007fb",
    "a\u009bb, a\\u009bb",
    "abc\u202ecba, abc\\u202ecba",
    "a\u2066b\u2069, a\\u2066b\\u2069",
    "a\u200fb, a\\u200fb",
    "a\u2028b, a\\u2028b",
    "\udb40\udc41b, \\udb40\\udc41b",
    "\ufeffb, \\ufeffb"
  })
  void showsWhatWouldActUnseen(String text, String shown) {
    assertThat(VisibleText.of(text)).isEqualTo(shown);
    assertThat(VisibleText.lines(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LC10a", "KCa'b'", "Δ7", "🧠", "नि\u200dि", "مرحبا", "a b", ""})
  void leavesOrdinaryTextAsItIs(String text) {
    assertThat(VisibleText.of(text)).isSameAs(text);
  }

  @Test
  void putsASentencesTextOnOneLineAndCutsIt() {
    assertThat(VisibleText.of("a\nb\tc")).isEqualTo("a\\u000ab\\u0009c");
    assertThat(VisibleText.lines("a\nb\tc")).isEqualTo("a\nb\tc");
    assertThat(VisibleText.of("x".repeat(201))).isEqualTo("x".repeat(200) + "…");
    assertThat(VisibleText.of("x".repeat(199) + "🧠")).isEqualTo("x".repeat(199) + "…");
  }

  @Test
  void everyRefusalIsVisible() {
    assertThat(new RefusedException("no \u001b[2J\u202e here."))
        .hasMessage("no \\u001b[2J\\u202e here.");
    assertThat(new RefusedException("x".repeat(10_000)).getMessage()).hasSize(4_001);
    assertThat(new TransientFailure("\u0007", null)).hasMessage("\\u0007");
  }

  @Property
  void jsonStaysTheSameJson(@ForAll String text) throws IOException {
    String json = new String(Json.bytes(text), StandardCharsets.UTF_8);
    assertThat(Json.MAPPER.readValue(VisibleText.lines(json), String.class))
        .isEqualTo(Json.MAPPER.readValue(json, String.class));
  }
}
