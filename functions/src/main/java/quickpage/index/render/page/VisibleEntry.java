package quickpage.index.render.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Json;
import quickpage.index.model.RoiShare;
import quickpage.index.model.VisibleText;

/**
 * An entry as the page shows it: characters that would steer the direction of writing, or that
 * nobody sees, are shown as escapes. Addresses of pages stay as they are, and so do most entries.
 */
final class VisibleEntry {

  private static final String PAGES = "pages";

  private VisibleEntry() {}

  static IndexEntry of(IndexEntry entry) {
    if (texts(entry).allMatch(text -> text.equals(VisibleText.lines(text)))) {
      return entry;
    }
    ObjectNode tree = Json.MAPPER.valueToTree(entry);
    JsonNode pages = tree.get(PAGES);
    JsonNode shown = shown(tree);
    ((ObjectNode) shown).set(PAGES, pages);
    return Json.convert(shown, IndexEntry.class);
  }

  private static Stream<String> texts(IndexEntry entry) {
    return Stream.of(
            Stream.of(
                entry.name(),
                entry.error(),
                entry.parentRoi(),
                entry.dimorphism(),
                entry.synonyms(),
                entry.neurotransmitter() == null ? null : entry.neurotransmitter().consensus(),
                entry.neurotransmitter() == null ? null : entry.neurotransmitter().predicted()),
            entry.rois().stream().map(RoiShare::name),
            Stream.of(
                    entry.parentRois(),
                    entry.superclasses(),
                    entry.classes(),
                    entry.subclasses(),
                    entry.flywireTypes(),
                    entry.somaNeuromeres(),
                    entry.hemilineages())
                .flatMap(List::stream))
        .flatMap(texts -> texts)
        .filter(Objects::nonNull);
  }

  private static JsonNode shown(JsonNode value) {
    if (value.isTextual()) {
      return Json.MAPPER.getNodeFactory().textNode(VisibleText.lines(value.textValue()));
    }
    if (value.isObject()) {
      ObjectNode shown = Json.MAPPER.createObjectNode();
      value.properties().forEach(field -> shown.set(field.getKey(), shown(field.getValue())));
      return shown;
    }
    if (value.isArray()) {
      ArrayNode shown = Json.MAPPER.createArrayNode();
      value.forEach(element -> shown.add(shown(element)));
      return shown;
    }
    return value;
  }
}
