package quickpage.index.model;

import java.util.List;
import java.util.Map;

/**
 * What the owner of a site adds to its index page.
 *
 * @param title instead of the dataset's name; null for that
 * @param ownPages the site's own pages beside its types, which lead the menu; addresses are
 *     relative to the site's root
 * @param links the rest of the menu at the top of the page; may be empty
 * @param analytics https address of a script that the page loads, which the page's policy then
 *     allows by exactly this address, and to send to its host; null for none
 * @param references https or http address of each reference of synonyms that has one, by the text
 *     that stands for it, such as "Nern 2025"
 */
public record SiteLook(
    String title,
    List<Link> ownPages,
    List<Link> links,
    String analytics,
    Map<String, String> references) {

  /** Nothing added. */
  public static final SiteLook PLAIN = new SiteLook(null, List.of(), List.of(), null, Map.of());

  /**
   * An entry of the menu.
   *
   * @param address an https or http address, or one relative to the page
   */
  public record Link(String text, String address) {}

  public SiteLook {
    ownPages = List.copyOf(ownPages);
    links = List.copyOf(links);
    references = Map.copyOf(references);
  }
}
