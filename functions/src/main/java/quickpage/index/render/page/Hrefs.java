package quickpage.index.render.page;

import java.nio.charset.StandardCharsets;

/** Percent-encodes a raw relative path so that it may stand as an href. */
final class Hrefs {
  private static final String KEPT = "-._~!$&'()*+,;=@/";

  private Hrefs() {}

  /** Keeps what RFC 3986 allows in a path segment, but for {@code :}, and the slashes. */
  static String encode(String path) {
    StringBuilder href = new StringBuilder(path.length() + 8);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0)) {
        href.append(c);
      } else {
        href.append('%').append(String.format("%02X", (int) c));
      }
    }
    return href.toString();
  }
}
