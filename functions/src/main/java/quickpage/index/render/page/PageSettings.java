package quickpage.index.render.page;

/**
 * Choices about the page that do not come from the dataset.
 *
 * @param roisShown how many ROIs of a type a card shows at most before the reader asks for the
 *     rest, at least 1
 */
public record PageSettings(int roisShown) {

  /** Five ROIs, as the pages that readers know show them. */
  public static final PageSettings DEFAULT = new PageSettings(5);

  public PageSettings {
    if (roisShown < 1) {
      throw new IllegalArgumentException("roisShown is " + roisShown + ", must be at least 1");
    }
  }
}
