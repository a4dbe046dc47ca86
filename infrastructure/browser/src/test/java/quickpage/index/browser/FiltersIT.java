package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.model.IndexEntry;
import quickpage.index.text.CodePointOrder;

/** Every filter against the same filter worked out from the entries as data/index.json has them. */
class FiltersIT extends BrowserIT {
  private static List<JsonNode> entries;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    List<IndexEntry> all = GeneratedEntries.withHostileOnes(500, 7);
    ObjectMapper mapper = new ObjectMapper();
    entries = all.stream().<JsonNode>map(mapper::valueToTree).toList();
    page.open(DemoSite.write(folder, all).fileUrl());
  }

  @BeforeEach
  void reset() {
    page.reset();
  }

  record Facet(String label, Function<JsonNode, List<String>> values) {
    @Override
    public String toString() {
      return label;
    }
  }

  static Stream<Facet> facets() {
    return Stream.of(
        new Facet("ROI", entry -> texts(entry.get("rois"), roi -> roi.get("name"))),
        new Facet("Region", entry -> texts(entry.get("parentRois"), Function.identity())),
        new Facet("Neurotransmitter", FiltersIT::transmitter),
        new Facet("Side", FiltersIT::sides),
        new Facet("Superclass", entry -> texts(entry.get("superclasses"), Function.identity())),
        new Facet("Class", entry -> texts(entry.get("classes"), Function.identity())),
        new Facet("Subclass", entry -> texts(entry.get("subclasses"), Function.identity())),
        new Facet("Dimorphism", entry -> text(entry.get("dimorphism"))),
        new Facet(
            "Soma neuromere", entry -> texts(entry.get("somaNeuromeres"), Function.identity())),
        new Facet("Hemilineage", entry -> texts(entry.get("hemilineages"), Function.identity())),
        new Facet("Supertype", entry -> texts(entry.get("supertypes"), Function.identity())),
        new Facet(
            "Hemilineage (Ito and Lee)",
            entry -> texts(entry.get("itoleeHemilineages"), Function.identity())),
        new Facet("Birth time", entry -> otherClass(entry, "birthtime")),
        new Facet("Nerve", entry -> otherClass(entry, "nerve")),
        new Facet("<i>Wanted</i> & labelled", entry -> otherClass(entry, "wanted")),
        new Facet("Other names", FiltersIT::otherNames),
        new Facet("Cell count", FiltersIT::cells));
  }

  @ParameterizedTest
  @MethodSource("facets")
  void everyChoiceLeavesTheTypesThatTheIndexGivesIt(Facet facet) {
    List<List<String>> choices = page.choices(facet.label());
    assertThat(choices).isNotEmpty();
    for (List<String> choice : choices) {
      long expected = entries.stream().filter(entry -> has(facet, entry, choice.get(0))).count();
      assertThat(choice.get(1)).as(choice.get(0)).isEqualTo(Long.toString(expected));
    }
    if (entries.stream().anyMatch(entry -> facet.values().apply(entry).isEmpty())) {
      assertThat(choices).extracting(choice -> choice.get(0)).contains("");
    }
    List<String> values =
        entries.stream().flatMap(entry -> facet.values().apply(entry).stream()).distinct().toList();
    assertThat(choices.stream().map(choice -> choice.get(0)).toList()).containsAll(values);

    String value = choices.get(choices.size() / 2).get(0);
    page.choose(facet.label(), value);
    assertThat(page.names())
        .containsExactlyInAnyOrderElementsOf(namesOf(entry -> has(facet, entry, value)));
  }

  @Test
  void choicesInOneFacetWidenAndFacetsNarrow() {
    page.choose("Region", "OL");
    page.choose("Region", "CX");
    page.choose("Neurotransmitter", "gaba");
    page.choose("Neurotransmitter", "glutamate");

    assertThat(page.names())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            namesOf(
                entry ->
                    texts(entry.get("parentRois"), Function.identity()).stream()
                            .anyMatch(List.of("OL", "CX")::contains)
                        && transmitter(entry).stream()
                            .anyMatch(List.of("gaba", "glutamate")::contains)));
  }

  @Test
  void theNumberBesideAChoiceIsWhatChoosingItLeaves() {
    page.choose("Region", "VNC");
    for (List<String> choice : page.choices("Superclass").subList(0, 5)) {
      page.choose("Superclass", choice.get(0));
      assertThat(page.count()).startsWith(choice.get(1) + " of ");
      page.choose("Superclass", choice.get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dn",
        "DNP",
        "  lc  ",
        "naive",
        "NAÏVE",
        "σίσυφος",
        "<img",
        "|",
        "123",
        "%",
        "aso 2014",
        "fw ",
        "a",
        "🧠"
      })
  void theNameFieldFindsWhatContainsItsText(String text) {
    page.type(text);

    assertThat(page.names())
        .containsExactlyInAnyOrderElementsOf(namesOf(entry -> contains(entry, text)));
  }

  @Test
  void theBestMatchComesFirst() {
    String exact = entries.get(200).get("name").asText();
    page.type(exact.toUpperCase(Locale.ROOT));

    assertThat(page.firstName()).isEqualTo(exact);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dn", "a", "lc", "1", "NA"})
  void namesThatBeginWithTheTextComeBeforeThoseThatHoldItAndThoseBeforeOtherNames(String text) {
    page.type(text);
    List<String> ordered =
        entries.stream()
            .filter(entry -> contains(entry, text))
            .map(entry -> entry.get("name").asText())
            .sorted(
                Comparator.comparing((String name) -> rank(fold(name), fold(text)))
                    .thenComparing(CodePointOrder.BY_CODE_POINT))
            .toList();

    assertThat(ordered.stream().map(name -> rank(fold(name), fold(text))).distinct().count())
        .as("ranks that this text tells apart")
        .isGreaterThan(1);
    assertThat(page.names()).isEqualTo(ordered);
  }

  private static int rank(String name, String text) {
    if (name.equals(text)) {
      return 0;
    }
    return name.startsWith(text) ? 1 : name.contains(text) ? 2 : 3;
  }

  @Test
  void choicesThatWouldLeaveNothingComeAfterTheOthers() {
    List<String> before = values(page.choices("Region"));
    page.type("naïve");
    List<List<String>> choices = page.choices("Region");
    List<String> some = values(choices.stream().filter(one -> !"0".equals(one.get(1))).toList());
    List<String> nothing = values(choices.stream().filter(one -> "0".equals(one.get(1))).toList());

    assertThat(some).isNotEmpty().isEqualTo(before.stream().filter(some::contains).toList());
    assertThat(nothing).isNotEmpty().isEqualTo(before.stream().filter(nothing::contains).toList());
    assertThat(values(choices)).isEqualTo(Stream.concat(some.stream(), nothing.stream()).toList());
    page.reset();
    assertThat(values(page.choices("Region"))).isEqualTo(before);
  }

  private static List<String> values(List<List<String>> choices) {
    return choices.stream().map(choice -> choice.get(0)).toList();
  }

  private static boolean has(Facet facet, JsonNode entry, String value) {
    List<String> values = facet.values().apply(entry);
    return value.isEmpty() ? values.isEmpty() : values.contains(value);
  }

  private static List<String> namesOf(java.util.function.Predicate<JsonNode> filter) {
    return entries.stream().filter(filter).map(entry -> entry.get("name").asText()).toList();
  }

  private static boolean contains(JsonNode entry, String text) {
    List<String> fields = new ArrayList<>(texts(entry.get("flywireTypes"), Function.identity()));
    entry.get("otherTypes").forEach(names -> fields.addAll(texts(names, Function.identity())));
    fields.addAll(text(entry.get("name")));
    fields.addAll(text(entry.get("synonyms")));
    return fields.stream().anyMatch(field -> fold(field).contains(fold(text.strip())));
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replace('ς', 'σ')
        .replaceAll("[`’‘′ʹʼ]", "'")
        .codePoints()
        .mapToObj(FiltersIT::latin)
        .collect(Collectors.joining());
  }

  private static String latin(int letter) {
    int at = "αβγδεζηικλμνοπρστυφχω".indexOf(letter);
    return at < 0 ? Character.toString(letter) : "abgdezhiklmnoprstufxw".substring(at, at + 1);
  }

  private static List<String> otherNames(JsonNode entry) {
    List<String> kinds = new ArrayList<>();
    if (!text(entry.get("synonyms")).isEmpty()) {
      kinds.add("has synonyms");
    }
    if (!entry.get("flywireTypes").isEmpty()) {
      kinds.add("has FlyWire type");
    }
    return kinds;
  }

  private static List<String> otherClass(JsonNode entry, String property) {
    return texts(entry.get("otherClasses").path(property), Function.identity());
  }

  @Test
  void aPropertyThatNoTypeHasIsNoFilter() {
    assertThat((String) page.js("return document.getElementById('facets').innerText"))
        .contains("Birth time", "Nerve")
        .doesNotContain("Entry nerve", "Exit nerve", "fru / dsx");
  }

  private static List<String> transmitter(JsonNode entry) {
    JsonNode both = entry.get("neurotransmitter");
    return text(both.get("consensus").isNull() ? both.get("predicted") : both.get("consensus"));
  }

  private static List<String> sides(JsonNode entry) {
    JsonNode counts = entry.get("counts");
    if (counts.get("total").isNull()) {
      return List.of();
    }
    boolean left = counts.get("left").asLong() > 0;
    boolean right = counts.get("right").asLong() > 0;
    boolean middle = counts.get("middle").asLong() > 0;
    List<String> sides = new ArrayList<>();
    if (left && !right && !middle) {
      sides.add("Only left");
    }
    if (right && !left && !middle) {
      sides.add("Only right");
    }
    if (middle && !left && !right) {
      sides.add("Only middle");
    }
    if (left && right) {
      sides.add("Left and right");
    }
    if (counts.get("unknown").asLong() > 0) {
      sides.add("Unknown");
    }
    return sides;
  }

  private static List<String> cells(JsonNode entry) {
    JsonNode total = entry.get("counts").get("total");
    if (total.isNull()) {
      return List.of();
    }
    long cells = total.asLong();
    return List.of(
        cells <= 2
            ? Long.toString(cells)
            : cells <= 5
                ? "3–5"
                : cells <= 10
                    ? "6–10"
                    : cells <= 20
                        ? "11–20"
                        : cells <= 50
                            ? "21–50"
                            : cells <= 100 ? "51–100" : cells <= 500 ? "101–500" : "501 and more");
  }

  private static List<String> text(JsonNode node) {
    return node.isNull() ? List.of() : List.of(node.asText());
  }

  private static List<String> texts(JsonNode list, Function<JsonNode, JsonNode> value) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(value)
        .map(JsonNode::asText)
        .toList();
  }
}
