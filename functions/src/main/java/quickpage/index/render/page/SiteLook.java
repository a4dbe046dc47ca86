package quickpage.index.render.page;

import java.util.List;

/**
 * What the owner of a site adds to its index page.
 *
 * @param title instead of the dataset's name; null for that
 * @param links a menu at the top of the page; may be empty
 * @param analytics https address of a script that the page loads, which the page's policy then
 *     allows by exactly this address; null for none
 */
public record SiteLook(String title, List<Link> links, String analytics) {

  /** Nothing added. */
  public static final SiteLook PLAIN = new SiteLook(null, List.of(), null);

  /**
   * An entry of the menu.
   *
   * @param address an https or http address, or one relative to the page
   */
  public record Link(String text, String address) {}

  public SiteLook {
    links = List.copyOf(links);
  }
}
