package quickpage.index.model.roi;

import quickpage.index.text.WhiteSpace;

/** Names of ROIs without the side that they are on. */
public final class RoiNames {

  private RoiNames() {}

  /**
   * The clean name: {@code ME(R)}, {@code ME (R)} and {@code ME_R} are all {@code ME}. One trailing
   * {@code (R)}, {@code (L)} or {@code (M)} goes, with the white space before it, and then one
   * trailing {@code _R}, {@code _L} or {@code _M} (docs/index-semantics.md, "ROI names").
   *
   * @return "" for a name that was nothing but its side; such an ROI is not listed
   */
  public static String clean(String roi) {
    String name = roi;
    if (name.endsWith("(R)") || name.endsWith("(L)") || name.endsWith("(M)")) {
      name = WhiteSpace.stripTrailing(name.substring(0, name.length() - 3));
    }
    if (name.endsWith("_R") || name.endsWith("_L") || name.endsWith("_M")) {
      name = name.substring(0, name.length() - 2);
    }
    return name;
  }
}
