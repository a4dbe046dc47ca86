package quickpage.index.stack;

import java.util.List;
import java.util.stream.Stream;
import quickpage.index.site.publish.Publications.Kept;
import quickpage.index.site.publish.Publications.ReleaseStatus;
import quickpage.index.site.settings.OwnersFiles;

/**
 * What {@code aws s3 sync} must leave alone in a site: it would put a generator's own index over
 * ours, since sizes differ, and with {@code --delete} remove what no generator has written, the
 * owner's files among them.
 */
public final class SyncExcludes {

  /** What runs keep, and the hashed files of all publications that readers may still have open. */
  private static final List<String> FOLDERS = List.of(".quickpage-index/*", "static/index/*");

  private SyncExcludes() {}

  /** The patterns for a deployed stack, relative to the site's prefix. */
  public static List<String> of(Account account, Deployment deployment) {
    return of(History.of(account, deployment));
  }

  /**
   * The patterns for a site: files with fixed names only as far as readers see ours.
   *
   * @param history of its publications
   */
  static List<String> of(List<Kept> history) {
    Stream<String> files =
        history.stream()
            .filter(kept -> kept.number() > 0 && kept.status() == ReleaseStatus.CURRENT)
            .flatMap(kept -> kept.files().stream())
            .map(SyncExcludes::literally);
    return Stream.of(FOLDERS.stream(), OwnersFiles.PATHS.stream(), files)
        .flatMap(patterns -> patterns)
        .toList();
  }

  /** The AWS command line reads {@code *}, {@code ?} and {@code [} as patterns. */
  private static String literally(String path) {
    return path.replaceAll("[*?\\[]", "[$0]");
  }

  /** The options, one for each pattern, quoted for a shell and for {@code xargs}. */
  public static List<String> options(List<String> patterns) {
    return patterns.stream()
        .map(pattern -> "--exclude '%s'".formatted(pattern.replace("'", "'\\''")))
        .toList();
  }
}
