package quickpage.index.render.page;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import quickpage.index.model.Facet;
import quickpage.index.model.SiteLook;

/**
 * Choices about the page that do not come from the dataset.
 *
 * @param roisShown how many ROIs of a type a card shows at most before the reader asks for the
 *     rest, at least 1
 * @param base address of the site, ending in a slash, where links to its pages begin; "" where the
 *     page lies in the site
 * @param look what the site's owner adds
 * @param facets properties that are filters beside the usual ones, in their order
 */
public record PageSettings(int roisShown, String base, SiteLook look, List<Facet> facets) {

  /** Five ROIs, as the pages that readers know show them. */
  public static final PageSettings DEFAULT = new PageSettings(5, "", SiteLook.PLAIN, List.of());

  public PageSettings {
    facets = List.copyOf(facets);
    if (roisShown < 1) {
      throw new IllegalArgumentException("roisShown is " + roisShown + ", must be at least 1");
    }
    if (!base.isEmpty() && !base.endsWith("/")) {
      throw new IllegalArgumentException("base is " + base + ", must end in a slash");
    }
  }

  /** The menu at the top of the page; addresses are relative to the page, or of the web. */
  List<SiteLook.Link> menu() {
    return Stream.concat(
            look.ownPages().stream()
                .map(page -> new SiteLook.Link(page.text(), base + page.address())),
            look.links().stream())
        .toList();
  }

  /** The host of the owner's script, to which it may send what it counts; null for none. */
  String analyticsHost() {
    if (look.analytics() == null) {
      return null;
    }
    URI script = URI.create(look.analytics());
    return script.getScheme() + "://" + script.getRawAuthority();
  }

  /** The same for a page that lies elsewhere than the pages it links to. */
  public PageSettings withBase(String elsewhere) {
    return new PageSettings(roisShown, elsewhere, look, facets);
  }

  /** The same for a site whose owner adds something. */
  public PageSettings withLook(SiteLook added) {
    return new PageSettings(roisShown, base, added, facets);
  }

  /** The same for a run that reads more than the usual properties. */
  public PageSettings withFacets(List<Facet> wanted) {
    return new PageSettings(roisShown, base, look, wanted);
  }
}
