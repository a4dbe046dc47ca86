package quickpage.index.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;

class IndexDifferencesTest {
  private static final String INDEX =
      """
      {"generatedAt": "2026-01-01T00:00:00Z", "totals": {"types": 3},
       "types": [
        {"name": "A", "counts": {"total": 1}, "rois": [{"name": "X", "pre": 1}]},
        {"name": "B", "counts": {"total": 2}, "rois": []},
        {"name": "C", "counts": {"total": 3}, "rois": []}],
       "groups": [{"parentRoi": "Y", "types": ["A"]}]}
      """;

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<String> differences(String a, String b) throws IOException {
    try (IndexFile inA = IndexFile.open(file("a.json", a).toString());
        IndexFile inB = IndexFile.open(file("b.json", b).toString())) {
      return IndexDifferences.between(inA, inB).stream().map(Object::toString).toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "2026-01-01T | 2027-02-02T |",
        "\"types\": 3 | \"types\": 3.0 |",
        "\"types\": 3 | \"types\": 4 | totals.types: 3 → 4",
        "\"total\": 2 | \"total\": 20 | types[B].counts.total: 2 → 20",
        "\"total\": 2 | \"sum\": 2 | types[B].counts.total: 2 → missing,types[B].counts.sum:"
            + " missing → 2",
        "\"pre\": 1 | \"pre\": 7 | types[A].rois[X].pre: 1 → 7",
        "[\"A\"] | [] | groups[Y].types: [\"A\"] → []",
      })
  void areNamedByTheirPlace(String part, String other, String expected) throws IOException {
    assertThat(String.join(",", differences(INDEX, INDEX.replace(part, other))))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void typesAreComparedByNameWhereverTheyStand() throws IOException {
    String types = "{\"types\": [%s]}";
    String a = "{\"name\": \"A\", \"n\": 1}";
    String b = "{\"name\": \"B\", \"n\": 2}";
    String c = "{\"name\": \"C\", \"n\": 3}";
    String all = types.formatted(String.join(",", a, b, c));

    assertThat(differences(all, types.formatted(String.join(",", b, c))))
        .containsExactly("types[A]: {\"name\":\"A\",\"n\":1} → missing");
    assertThat(differences(types.formatted(c), all))
        .containsExactly(
            "types[A]: missing → {\"name\":\"A\",\"n\":1}",
            "types[B]: missing → {\"name\":\"B\",\"n\":2}");
    assertThat(differences(all, types.formatted(String.join(",", c, b, a))))
        .containsExactly("types (order): \"A\" → \"C\"");
    assertThat(
            differences(
                all,
                types.formatted(String.join(",", c, a.replace("1", "9"), b, "{\"name\":\"D\"}"))))
        .containsExactly("types[A].n: 1 → 9", "types[D]: missing → {\"name\":\"D\"}");
    assertThat(differences(types.formatted(""), types.formatted(""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fieldsMayComeBeforeAndAfterTheTypes(boolean before) throws IOException {
    String types = "\"types\": [{\"name\": \"A\"}]";
    String other = "\"totals\": 1";
    String index = before ? other + ", " + types : types + ", " + other;

    assertThat(differences("{" + index + "}", "{" + types + "}"))
        .containsExactly("totals: 1 → missing");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`` | is no index: it is no JSON object.",
        "[] | is no index: it is no JSON object.",
        "{} | is JSON, but no index: it has no list \"types\".",
        "{\"types\": {}} | is JSON, but no index: it has no list \"types\".",
        "{\"types\": [ | is not JSON (line 1): Unexpected end-of-input",
        "{\"types\": [1]} | is JSON, but no index: the type in line 1 has no name.",
        "{\"types\": [null]} | is JSON, but no index: the type in line 1 has no name.",
        "{\"types\": [{\"name\": 1}]} | is JSON, but no index: the type in line 1 has no name.",
        "{\"types\": [{\"name\": \"A\"}, {\"name\": \"A\"}]} | line 1 has the name of another, A.",
        "{\"types\": []} {} | is not JSON: something follows its end in line 1.",
        "{\"types\": [], x} | is not JSON (line 1): Unexpected character",
      })
  void aFileThatIsNoIndexIsNamed(String text, String sentence) {
    for (boolean first : new boolean[] {true, false}) {
      assertThatThrownBy(() -> differences(first ? text : INDEX, first ? INDEX : text))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(folder.resolve(first ? "a.json" : "b.json").toString())
          .hasMessageContaining(sentence);
    }
  }
}
