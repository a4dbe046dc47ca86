package quickpage.index.site.settings;

import java.util.ArrayList;
import java.util.List;
import quickpage.index.error.RefusedException;
import quickpage.index.model.SiteLook;

/** What a deployment's parameters say of the index page; the site's own file may say otherwise. */
public final class DeploymentsSettings {

  private DeploymentsSettings() {}

  /**
   * Reads parameters.
   *
   * @param title "" for none
   * @param links {@code TEXT=ADDRESS}, separated by commas; "" for none
   * @param analytics "" for none
   * @throws RefusedException naming the parameter that does not fit
   */
  public static SiteSettings of(String title, String links, String analytics) {
    if (!title.isEmpty() && !OwnersValues.isText(title)) {
      throw wrong("PageTitle", OwnersValues.A_TEXT, title);
    }
    if (!analytics.isEmpty() && !OwnersValues.isScript(analytics)) {
      throw wrong("AnalyticsScript", OwnersValues.A_SCRIPT, analytics);
    }
    return new SiteSettings(
        title.isEmpty() ? null : title,
        links.isEmpty() ? null : links(links),
        analytics.isEmpty() ? null : analytics);
  }

  private static List<SiteLook.Link> links(String parameter) {
    List<SiteLook.Link> links = new ArrayList<>();
    for (String one : parameter.split(",", -1)) {
      // An address may hold another one.
      int equals = one.indexOf('=');
      String text = one.substring(0, Math.max(equals, 0)).strip();
      String address = one.substring(equals + 1).strip();
      if (!OwnersValues.isText(text)
          || !OwnersValues.isText(address)
          || !OwnersValues.isAddress(address)) {
        throw wrong(
            "PageLinks",
            "TEXT=ADDRESS, separated by commas, each address https, http or relative to the index"
                + " page",
            one.strip());
      }
      links.add(new SiteLook.Link(text, address));
    }
    if (links.size() > OwnersValues.MOST_LINKS) {
      throw wrong(
          "PageLinks", "at most %d links".formatted(OwnersValues.MOST_LINKS), links.size() + "");
    }
    return links;
  }

  private static RefusedException wrong(String parameter, String must, String value) {
    return new RefusedException(
        "The deployment's %s must be %s, not \"%s\".".formatted(parameter, must, value));
  }
}
