package quickpage.index.render.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The style and script of the page, joined from the small files in {@code src/main/web}.
 *
 * <p>The script's files are ES modules, so that editors and linters understand them; a browser
 * loads no modules from {@code file://}, so they are joined to one classic script: in order, each
 * in a block of its own, what it exports kept in one object, what it imports taken from there.
 */
final class PageSources {
  /** In the order in which they need each other; the last one starts the page. */
  private static final List<String> SCRIPTS =
      List.of(
          "part.js",
          "dom.js",
          "fold.js",
          "bits.js",
          "types.js",
          "facets.js",
          "search.js",
          "state.js",
          "viewport.js",
          "filter.js",
          "order.js",
          "address.js",
          "more.js",
          "places.js",
          "aliases.js",
          "parts.js",
          "strip.js",
          "card.js",
          "cards.js",
          "table.js",
          "overview.js",
          "details.js",
          "copy.js",
          "export.js",
          "print.js",
          "settings.js",
          "sorting.js",
          "sidebar.js",
          "chips.js",
          "nothing.js",
          "main.js");

  private static final List<String> STYLES = List.of("base.css", "facets.css", "types.css");

  private static final Pattern IMPORT =
      Pattern.compile(
          "^import (?<names>\\{[^}]*\\}) from \"\\./(?<file>[a-z]+\\.js)\";$", Pattern.MULTILINE);
  private static final Pattern EXPORT =
      Pattern.compile(
          "^export (?=(?:async )?(?:function|class|const) (?<name>\\w+))", Pattern.MULTILINE);

  private PageSources() {}

  static byte[] script() {
    return SCRIPTS.stream()
        .map(name -> block(name, read(name)))
        .collect(
            Collectors.joining("\n", "(() => {\n\"use strict\";\nconst modules = {};\n", "})();\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One module as a block of the classic script. */
  private static String block(String name, String source) {
    String exports =
        EXPORT
            .matcher(source)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.joining(", ", "{ ", " }"));
    String body = IMPORT.matcher(source).replaceAll("const ${names} = modules[\"${file}\"];");
    return "{\n"
        + EXPORT.matcher(body).replaceAll("")
        + "modules[\""
        + name
        + "\"] = "
        + exports
        + ";\n}\n";
  }

  static byte[] style() {
    return STYLES.stream()
        .map(PageSources::read)
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The script that stands in the page itself, because the colours have to be right before anything
   * is painted. The page's policy allows it by its hash.
   */
  static String themeScript() {
    return read("theme.js");
  }

  private static String read(String name) {
    try (InputStream in = PageSources.class.getResourceAsStream("web/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the page's source " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the page's source " + name, e);
    }
  }
}
