package quickpage.index.plan;

import java.util.List;
import java.util.Map;
import quickpage.index.error.RefusedException;
import quickpage.index.model.SiteLook;
import quickpage.index.site.settings.DeploymentsSettings;
import quickpage.index.site.settings.OwnersFiles;
import quickpage.index.site.settings.SiteSettings;

/**
 * What the owner of a site adds to its page: what its own files say, and else the deployment's
 * parameters.
 *
 * @param bibliography addresses of references by text, instead of the site's own; null for those
 */
record OwnersLook(Map<String, String> bibliography) {

  /**
   * The look of a run's page.
   *
   * @param ownPages the site's pages beside its types
   * @throws RefusedException naming the file or parameter and what in it does not fit
   */
  SiteLook of(OwnersFiles files, Defaults.Page parameters, List<SiteLook.Link> ownPages) {
    SiteSettings settings =
        files
            .settings()
            .or(
                DeploymentsSettings.of(
                    parameters.title(), parameters.links(), parameters.analytics()));
    return new SiteLook(
        settings.title(),
        ownPages,
        settings.links() == null ? List.of() : settings.links(),
        settings.analytics(),
        bibliography == null ? files.references() : bibliography);
  }
}
