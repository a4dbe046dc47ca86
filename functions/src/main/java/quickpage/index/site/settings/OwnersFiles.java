package quickpage.index.site.settings;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import quickpage.index.error.RefusedException;
import quickpage.index.io.ContentChecksum;
import quickpage.index.io.InParallel;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.store.ObjectStore;

/**
 * What the owner of a site has put into its root for the index page: settings, and a bibliography.
 * Neither is a page, and a run reads both.
 */
public final class OwnersFiles {

  /** Not HTML, so it is never taken for a page. */
  public static final String SETTINGS = "quickpage-index.json";

  public static final String REFERENCES = "quickpage-index-references.csv";

  /** Paths of both, relative to the site root. */
  public static final List<String> PATHS = List.of(SETTINGS, REFERENCES);

  /** Far more than the field has written; a page holds what its synonyms name. */
  private static final int LONGEST = 1 << 20;

  private final ObjectStore store;
  private final String prefix;
  private final List<Optional<byte[]>> contents;

  private OwnersFiles(ObjectStore store, String prefix, List<Optional<byte[]>> contents) {
    this.store = store;
    this.prefix = prefix;
    this.contents = contents;
  }

  /**
   * Reads the files of a site, if there are any.
   *
   * @throws RefusedException naming a file that is too long
   */
  public static OwnersFiles read(ObjectStore store, String prefix) {
    return new OwnersFiles(
        store, prefix, InParallel.map(PATHS, path -> content(store, prefix + path)));
  }

  private static Optional<byte[]> content(ObjectStore store, String key) {
    Optional<ObjectStore.Stored> there = store.read(key);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectStore.Stored stored = there.get()) {
      byte[] content = stored.body().readNBytes(LONGEST + 1);
      if (content.length > LONGEST) {
        throw new RefusedException(
            "%s is longer than a megabyte, which no such file needs to be."
                .formatted(store.address(key)));
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw new TransientFailure("Reading %s ended too early.".formatted(key), e);
    }
  }

  /**
   * The settings.
   *
   * @throws RefusedException naming the file and what in it does not fit
   */
  public SiteSettings settings() {
    return contents
        .get(0)
        .map(content -> SiteSettingsFile.parse(content, store.address(prefix + SETTINGS)))
        .orElse(SiteSettings.NONE);
  }

  /**
   * Addresses of references, by their text.
   *
   * @throws RefusedException naming the file, the line and what does not fit
   */
  public Map<String, String> references() {
    return contents
        .get(1)
        .map(content -> References.parse(content, store.address(prefix + REFERENCES)))
        .orElse(Map.of());
  }

  /** The same for the same files, and for no others; "" where there are none. */
  public String checksum() {
    return contents.stream().allMatch(Optional::isEmpty)
        ? ""
        : contents.stream()
            .map(content -> content.map(ContentChecksum::of).orElse("none"))
            .collect(Collectors.joining(" "));
  }
}
