package quickpage.index.render.page;

import java.util.Comparator;

/** Names sort by Unicode code point, which differs from UTF-16 order above U+FFFF. */
final class CodePoints {
  static final Comparator<String> ORDER =
      (left, right) -> {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
          char l = left.charAt(i);
          char r = right.charAt(i);
          if (l != r) {
            boolean leftAstral = Character.isSurrogate(l);
            boolean rightAstral = Character.isSurrogate(r);
            return leftAstral == rightAstral ? Character.compare(l, r) : leftAstral ? 1 : -1;
          }
        }
        return Integer.compare(left.length(), right.length());
      };

  private CodePoints() {}
}
