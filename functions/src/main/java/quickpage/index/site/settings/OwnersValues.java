package quickpage.index.site.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;

/** What a site's owner may say, wherever it is said (docs/quickpage-index.schema.json). */
final class OwnersValues {

  /** What fits beside the page's own buttons. */
  static final int MOST_LINKS = 12;

  static final int LONGEST_TEXT = 200;

  static final String A_TEXT =
      "a text of one line and at most %d characters".formatted(LONGEST_TEXT);

  static final String AN_ADDRESS = "an https or http address, or one relative to the index page";

  /** A policy compares no query, so it could not allow exactly this script. */
  static final String A_SCRIPT = "the https address of a script, without a query";

  /** What a page's policy can hold as one source; it ends at white space, comma and semicolon. */
  private static final Pattern POLICY_SOURCE = Pattern.compile("[A-Za-z0-9./:_~%@!$&*+=-]+");

  private OwnersValues() {}

  static boolean isText(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_TEXT
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** Of the web, or relative to the page. */
  static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return isWeb(uri) || (uri.getScheme() == null && uri.getRawAuthority() == null);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Of the web. */
  static boolean isWebAddress(String text) {
    try {
      return isWeb(new URI(text));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isWeb(URI uri) {
    return Set.of("https", "http").contains(String.valueOf(uri.getScheme()))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null;
  }

  /** Of a script that a page's policy can allow by its address alone. */
  static boolean isScript(String text) {
    try {
      URI uri = new URI(text);
      return "https".equals(uri.getScheme())
          && isWeb(uri)
          && uri.getRawQuery() == null
          && POLICY_SOURCE.matcher(text).matches();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
