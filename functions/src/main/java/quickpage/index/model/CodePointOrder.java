package quickpage.index.model;

import java.util.Comparator;

/** The order of every list of names in the index. */
public final class CodePointOrder {

  /**
   * Ascending by Unicode code point. {@link String#compareTo} compares UTF-16 units and so puts
   * U+1F9E0 before U+FFFD. An unpaired surrogate counts as the code point of its own value.
   */
  public static final Comparator<String> BY_CODE_POINT = CodePointOrder::compare;

  private CodePointOrder() {}

  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int at = 0; at < shorter; at++) {
      char inA = a.charAt(at);
      char inB = b.charAt(at);
      if (inA != inB) {
        return Character.isSurrogate(inA) || Character.isSurrogate(inB)
            ? compareCodePoints(a, b, at)
            : Character.compare(inA, inB);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Where the first unit that differs is, or ends, a surrogate pair. */
  private static int compareCodePoints(String a, String b, int difference) {
    boolean secondHalf = difference > 0 && Character.isHighSurrogate(a.charAt(difference - 1));
    int at = secondHalf ? difference - 1 : difference;
    return Integer.compare(a.codePointAt(at), b.codePointAt(at));
  }
}
