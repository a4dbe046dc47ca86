package quickpage.index.site.pages;

import java.nio.charset.StandardCharsets;

/** Links to files of the site. */
public final class Href {

  /**
   * What RFC 3986 allows in a path segment (pchar: unreserved, sub-delims, {@code @}), but for two:
   * with a colon {@code javascript:alert(1).html} would be a scheme and no file name, and a plain
   * plus is a space to S3 and to CloudFront before it.
   */
  private static final String UNRESERVED_MARKS_AND_SUB_DELIMS = "-._~!$&'()*,;=@";

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Href() {}

  /**
   * A relative reference to a file, still to be escaped for the text that it is put in ({@code '}
   * and {@code &} stay as they are).
   *
   * @param path raw, relative to the site root; slashes separate folders. An unpaired surrogate,
   *     which no file name in UTF-8 can have, becomes U+FFFD as it does in a browser
   */
  public static String encode(String path) {
    StringBuilder href = new StringBuilder(path.length() + 16);
    path.codePoints()
        .forEach(
            point -> {
              if (point == '/' || isPlain(point)) {
                href.append((char) point);
              } else {
                appendEncoded(isSurrogate(point) ? 0xFFFD : point, href);
              }
            });
    return href.toString();
  }

  private static boolean isPlain(int point) {
    return (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z')
        || (point >= '0' && point <= '9')
        || UNRESERVED_MARKS_AND_SUB_DELIMS.indexOf(point) >= 0;
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static void appendEncoded(int point, StringBuilder href) {
    for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      href.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
    }
  }
}
