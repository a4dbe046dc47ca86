package quickpage.index.local;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.render.page.SiteLook;

/**
 * The file in which the owner of a site says what its index page shall have beside the types. Its
 * schema is {@code docs/quickpage-index.schema.json}; what does not fit it is refused.
 */
public final class SiteSettingsFile {

  /** In the site's root; not HTML, so it is never taken for a page. */
  public static final String NAME = "quickpage-index.json";

  /** What fits beside the page's own buttons. */
  private static final int MOST_LINKS = 12;

  private static final int LONGEST_TEXT = 200;

  private static final ObjectReader READER =
      Json.MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /** What a page's policy can hold as one source; it ends at white space, comma and semicolon. */
  private static final Pattern POLICY_SOURCE = Pattern.compile("[A-Za-z0-9./:_~%@!$&*+=-]+");

  private final Path file;

  private SiteSettingsFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a site's settings.
   *
   * @return nothing added where there is no such file
   * @throws RefusedException naming the file and what in it does not fit
   */
  public static SiteLook read(Path site) {
    Path file = site.resolve(NAME);
    return Files.exists(file) ? new SiteSettingsFile(file).read() : SiteLook.PLAIN;
  }

  private SiteLook read() {
    JsonNode settings;
    try {
      settings = READER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " (line %d)".formatted(e.getLocation().getLineNr());
      throw new RefusedException(
          "%s is not JSON%s: %s.".formatted(file, where, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new RefusedException(
          "%s cannot be read: %s.".formatted(file, UnusableFolderException.reason(e)), e);
    }
    if (!settings.isObject()) {
      throw new RefusedException("%s must hold a JSON object, such as {}.".formatted(file));
    }
    refuseUnknown("", settings, Set.of("$schema", "title", "links", "analytics"));
    return new SiteLook(
        text("title", settings.path("title"), true),
        links(settings.path("links")),
        analytics(settings.path("analytics")));
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

  private String text(String key, JsonNode value, boolean mayBeMissing) {
    if (mayBeMissing && (value.isMissingNode() || value.isNull())) {
      return null;
    }
    if (!value.isTextual()
        || value.asText().isBlank()
        || value.asText().length() > LONGEST_TEXT
        || value.asText().chars().anyMatch(Character::isISOControl)) {
      throw wrong(
          key,
          "a text of one line and at most %d characters".formatted(LONGEST_TEXT),
          value.isMissingNode() ? NullNode.getInstance() : value);
    }
    return value.asText().strip();
  }

  private List<SiteLook.Link> links(JsonNode list) {
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MOST_LINKS) {
      throw wrong(
          "links",
          "a list of at most %d objects with text and address".formatted(MOST_LINKS),
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
              text(key + ".text", one.path("text"), false),
              address(key + ".address", one.path("address"))));
    }
    return links;
  }

  private String address(String key, JsonNode value) {
    String address = text(key, value, false);
    try {
      URI uri = new URI(address);
      boolean web =
          Set.of("https", "http").contains(String.valueOf(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null;
      boolean inSite = uri.getScheme() == null && uri.getRawAuthority() == null;
      if (web || inSite) {
        return address;
      }
    } catch (URISyntaxException e) {
      // As below.
    }
    throw wrong(key, "an https or http address, or one relative to the index page", value);
  }

  private String analytics(JsonNode value) {
    String address = text("analytics", value, true);
    if (address == null) {
      return null;
    }
    try {
      URI uri = new URI(address);
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && POLICY_SOURCE.matcher(address).matches()) {
        return address;
      }
    } catch (URISyntaxException e) {
      // As below.
    }
    // A policy compares no query, so it could not allow exactly this script.
    throw wrong("analytics", "the https address of a script, without a query", value);
  }
}
