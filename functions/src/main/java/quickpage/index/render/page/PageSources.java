package quickpage.index.render.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style and the scripts of the page, as the build made them of {@code src/main/web}. */
final class PageSources {

  private PageSources() {}

  /** A classic script in UTF-8: a browser loads no modules from {@code file://}. */
  static byte[] script() {
    return read("page.js");
  }

  static byte[] style() {
    return read("page.css");
  }

  /**
   * The script that stands in the page itself, because the colours have to be right before anything
   * is painted. The page's policy allows it by its hash.
   */
  static String themeScript() {
    return new String(read("theme.js"), StandardCharsets.UTF_8);
  }

  private static byte[] read(String name) {
    try (InputStream in = PageSources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the page's " + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the page's " + name, e);
    }
  }
}
