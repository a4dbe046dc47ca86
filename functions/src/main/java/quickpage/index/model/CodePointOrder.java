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
    int at = 0;
    while (at < shorter) {
      int inA = a.codePointAt(at);
      int inB = b.codePointAt(at);
      if (inA != inB) {
        return Integer.compare(inA, inB);
      }
      at += Character.charCount(inA);
    }
    return Integer.compare(a.length(), b.length());
  }
}
