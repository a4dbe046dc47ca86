package quickpage.index.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import quickpage.index.local.SiteFolder;

/** The folder of a site, as a user names it. */
final class SiteFlag {

  private SiteFlag() {}

  /**
   * The folder, absolute.
   *
   * @throws UsageException if it is none, cannot be read, or is only the part of a site that its
   *     pages are in
   */
  static Path check(Path site) {
    if (!Files.isDirectory(site)) {
      throw new UsageException(
          "--site %s is not a folder%s."
              .formatted(site, Files.exists(site) ? "" : "; there is nothing of that name"));
    }
    if (!Files.isReadable(site)) {
      throw new UsageException("--site %s cannot be read.".formatted(site));
    }
    return refusePagesAlone("--site", site);
  }

  /**
   * The folder, absolute.
   *
   * @throws UsageException if it is only the part of a site that its pages are in, where an index
   *     has no business
   */
  static Path refusePagesAlone(String option, Path given) {
    Path folder = given.toAbsolutePath().normalize();
    SiteFolder.whosePages(folder)
        .ifPresent(
            parent -> {
              throw new UsageException(
                  "%1$s %2$s is where a site's pages are, not the site; name its parent: %1$s %3$s"
                      .formatted(option, given, parent));
            });
    return folder;
  }
}
