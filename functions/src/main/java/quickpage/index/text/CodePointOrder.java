package quickpage.index.text;

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

  /** Where one of the first units that differ is half of a surrogate pair, or unpaired. */
  private static int compareCodePoints(String a, String b, int difference) {
    int before = difference - 1;
    if (before >= 0 && a.codePointAt(before) != b.codePointAt(before)) {
      return Integer.compare(a.codePointAt(before), b.codePointAt(before));
    }
    return Integer.compare(a.codePointAt(difference), b.codePointAt(difference));
  }
}
