package quickpage.index.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import quickpage.index.model.DatasetVersion;

class FactKeyTest {

  private static final DatasetVersion VERSION = new DatasetVersion("cns:v1", "5a3f", "2026-01-02");

  /** Few characters, among them those that a key is made of, so that near misses are frequent. */
  @Provide
  Arbitrary<String> parts() {
    return Arbitraries.strings().withChars('#', '%', '2', '3', '5', 'a').ofMaxLength(4);
  }

  @Provide
  Arbitrary<DatasetVersion> versions() {
    return Combinators.combine(parts(), parts(), parts()).as(DatasetVersion::new);
  }

  @Property(tries = 5000)
  void noTwoFactsShareAKey(
      @ForAll("versions") DatasetVersion one,
      @ForAll("parts") String type,
      @ForAll("versions") DatasetVersion other,
      @ForAll("parts") String otherType) {
    boolean same = one.equals(other) && type.equals(otherType);

    assertThat(FactKey.of(one, type).equals(FactKey.of(other, otherType))).isEqualTo(same);
  }

  @Property
  void theVersionCanBeReadFromAKey(
      @ForAll("versions") DatasetVersion version, @ForAll String type) {
    assertThat(FactKey.version(FactKey.of(version, type))).contains(version);
  }

  @Test
  void aKeyIsReadable() {
    assertThat(FactKey.of(VERSION, "LC10a")).isEqualTo("fact#cns:v1#5a3f#2026-01-02#LC10a");
    assertThat(FactKey.of(VERSION, "a#b%c")).endsWith("#a%23b%25c");
  }

  @Test
  void aNameThatIsTooLongForAKeyGoesByItsHash() {
    String one = "x".repeat(3000);
    String other = "x".repeat(2999) + "y";

    assertThat(FactKey.of(VERSION, one).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(2048);
    assertThat(FactKey.of(VERSION, one)).isNotEqualTo(FactKey.of(VERSION, other));
    assertThat(FactKey.version(FactKey.of(VERSION, one))).contains(VERSION);
  }

  @Test
  void aTypeThatIsCalledLikeAHashIsNotTheHashedOne() {
    String hashed = FactKey.of(VERSION, "x".repeat(3000));
    String imitation = hashed.substring("fact#cns:v1#5a3f#2026-01-02#".length());

    assertThat(FactKey.of(VERSION, imitation)).isNotEqualTo(hashed);
  }

  @Test
  void whatIsNoKeyOfFactsIsNotTakenForOne() {
    assertThat(FactKey.version("fact#cns")).isEmpty();
  }
}
