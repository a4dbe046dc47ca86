package quickpage.index.site.pages;

/** Which of a type's neurons a page shows. */
public enum PageSide {
  COMBINED(""),
  LEFT("_L"),
  RIGHT("_R"),
  MIDDLE("_M");

  private final String suffix;

  PageSide(String suffix) {
    this.suffix = suffix;
  }

  /** What the page's file name has before {@code .html}; "" for the combined page. */
  public String suffix() {
    return suffix;
  }
}
