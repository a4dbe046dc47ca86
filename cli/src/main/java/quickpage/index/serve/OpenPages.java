package quickpage.index.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets pages that are open in a browser reload when an index was published. Each HTML page gets one
 * script more on its way out, never in its file. The index page's policy forbids it connections, so
 * the script asks by loading an image: there is one if something was published since.
 */
final class OpenPages {
  static final String SCRIPT_PATH = "/.quickpage-index/reload.js";
  static final String IMAGE_PATH = "/.quickpage-index/changed.gif";

  /** One transparent pixel. */
  static final byte[] IMAGE =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

  private final String server = UUID.randomUUID().toString();
  private final AtomicInteger publications = new AtomicInteger();

  /** Names what readers see now; never the same again, also not by the next server. */
  String seen() {
    return server + "-" + publications;
  }

  /** From now on open pages reload. */
  void published() {
    publications.incrementAndGet();
  }

  byte[] script() {
    try (InputStream in = OpenPages.class.getResourceAsStream("reload.js")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the reloading script cannot be read", e);
    }
  }

  /**
   * A page with the script in it; the page's bytes stay as they are, whatever encoding they are in.
   */
  byte[] withScript(byte[] html) {
    String page = new String(html, StandardCharsets.ISO_8859_1);
    int end = page.toLowerCase(Locale.ROOT).lastIndexOf("</body");
    int at = end < 0 ? page.length() : end;
    String script = "<script defer src=\"%s?seen=%s\"></script>\n".formatted(SCRIPT_PATH, seen());
    return (page.substring(0, at) + script + page.substring(at))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
