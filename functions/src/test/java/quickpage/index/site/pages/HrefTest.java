package quickpage.index.site.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class HrefTest {

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ' ',
      value = {
        "types/LC10a_L.html types/LC10a_L.html",
        "a'L-&(x),y+z;=@!$*~.html a'L-&(x),y%2Bz;=@!$*~.html",
        "javascript:alert(1).html javascript%3Aalert(1).html",
        "100%.html 100%25.html",
        "%41.html %2541.html",
        "a#b?c.html a%23b%3Fc.html",
        "a\\b.html a%5Cb.html",
        "<b>\"|^`.html %3Cb%3E%22%7C%5E%60.html",
        "[x]{y}.html %5Bx%5D%7By%7D.html",
        "γ4.html %CE%B34.html",
        "🧠.html %F0%9F%A7%A0.html",
      })
  void encodesWhatAPathSegmentMayNotHold(String path, String href) {
    assertThat(Href.encode(path)).isEqualTo(href);
  }

  @Test
  void encodesControlsAndSpaces() {
    assertThat(Href.encode("a b\tc\n\u007F\u0000.html")).isEqualTo("a%20b%09c%0A%7F%00.html");
  }

  @Test
  void replacesAnUnpairedSurrogate() {
    assertThat(Href.encode("a\uD83Eb")).isEqualTo("a%EF%BF%BDb");
    assertThat(Href.encode("\uDDE0\uD83E")).isEqualTo("%EF%BF%BD%EF%BF%BD");
  }

  @Property
  void isAnAsciiReferenceThatLeadsBackToThePath(@ForAll String anything) {
    String href = Href.encode(anything);
    assertThat(href).matches("([A-Za-z0-9._~!$&'()*,;=@/-]|%[0-9A-F]{2})*");
    assertThat(URI.create("http://site/" + href).getPath())
        .isEqualTo("/" + anything.replaceAll("\\p{IsCs}", "\uFFFD"));
  }
}
