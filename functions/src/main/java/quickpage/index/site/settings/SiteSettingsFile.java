package quickpage.index.site.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.SiteLook;

/**
 * The file in which the owner of a site says what its index page shall have beside the types. Its
 * schema is {@code docs/quickpage-index.schema.json}; what does not fit it is refused.
 */
final class SiteSettingsFile {

  private static final ObjectReader READER =
      Json.MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final String file;

  private SiteSettingsFile(String file) {
    this.file = file;
  }

  /**
   * Reads a site's settings.
   *
   * @param file where they are, for sentences
   * @throws RefusedException naming the file and what in it does not fit
   */
  static SiteSettings parse(byte[] content, String file) {
    return new SiteSettingsFile(file).parse(content);
  }

  private SiteSettings parse(byte[] content) {
    JsonNode settings;
    try {
      settings = READER.readTree(content);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " (line %d)".formatted(e.getLocation().getLineNr());
      throw new RefusedException(
          "%s is not JSON%s: %s.".formatted(file, where, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new RefusedException("%s is not JSON in UTF-8: %s.".formatted(file, e.getMessage()), e);
    }
    if (!settings.isObject()) {
      throw new RefusedException("%s must hold a JSON object, such as {}.".formatted(file));
    }
    refuseUnknown("", settings, Set.of("$schema", "title", "links", "analytics"));
    return new SiteSettings(
        given(settings.path("title"))
            ? text("title", settings.path("title"), OwnersValues::isText, OwnersValues.A_TEXT)
            : null,
        given(settings.path("links")) ? links(settings.path("links")) : null,
        given(settings.path("analytics"))
            ? text(
                "analytics",
                settings.path("analytics"),
                OwnersValues::isScript,
                OwnersValues.A_SCRIPT)
            : null);
  }

  private static boolean given(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }

  private void refuseUnknown(String where, JsonNode object, Set<String> known) {
    for (var field : object.properties()) {
      if (!known.contains(field.getKey())) {
        Set<String> shown = new TreeSet<>(known);
        shown.remove("$schema");
        throw new RefusedException(
            "%s has an unknown key %s%s; known there are: %s."
                .formatted(file, where, field.getKey(), String.join(", ", shown)));
      }
    }
  }

  private RefusedException wrong(String key, String must, JsonNode value) {
    return new RefusedException("%s: %s must be %s, not %s.".formatted(file, key, must, value));
  }

  private String text(String key, JsonNode value, Predicate<String> fits, String must) {
    if (!value.isTextual() || !OwnersValues.isText(value.asText())) {
      throw wrong(key, OwnersValues.A_TEXT, value.isMissingNode() ? NullNode.getInstance() : value);
    }
    if (!fits.test(value.asText())) {
      throw wrong(key, must, value);
    }
    return value.asText().strip();
  }

  private List<SiteLook.Link> links(JsonNode list) {
    if (!list.isArray() || list.size() > OwnersValues.MOST_LINKS) {
      throw wrong(
          "links",
          "a list of at most %d objects with text and address".formatted(OwnersValues.MOST_LINKS),
          list);
    }
    List<SiteLook.Link> links = new ArrayList<>();
    for (JsonNode one : list) {
      String key = "links[%d]".formatted(links.size());
      if (!one.isObject()) {
        throw wrong(key, "an object with text and address", one);
      }
      refuseUnknown(key + ".", one, Set.of("text", "address"));
      links.add(
          new SiteLook.Link(
              text(key + ".text", one.path("text"), OwnersValues::isText, OwnersValues.A_TEXT),
              text(
                  key + ".address",
                  one.path("address"),
                  OwnersValues::isAddress,
                  OwnersValues.AN_ADDRESS)));
    }
    return links;
  }
}
