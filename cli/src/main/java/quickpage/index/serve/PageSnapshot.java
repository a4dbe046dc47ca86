package quickpage.index.serve;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import quickpage.index.error.RefusedException;
import quickpage.index.local.UnusableFolderException;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.pages.PageListing;
import quickpage.index.site.settings.OwnersFiles;

/**
 * What a site's pages and its owner's files are at one moment: equal only if none of them has come,
 * gone or changed.
 *
 * @param pages how many
 * @param sum over names, sizes and times of change, in any order
 * @param newest when the last of them was changed
 */
record PageSnapshot(long pages, long sum, Instant newest) {

  private static final PageSnapshot EMPTY = new PageSnapshot(0, 0, Instant.MIN);

  /**
   * Looks at a site.
   *
   * @param own names of files that runs publish, which are no pages
   * @param others files elsewhere that the index depends on
   */
  static PageSnapshot of(Path site, Set<String> own, List<Path> others) {
    PageSnapshot inTypes = of(site, PageLayout.NEUVIEW.folder(), own);
    PageSnapshot pages =
        inTypes.pages() > 0 ? inTypes : of(site, PageLayout.QUICKPAGE.folder(), own);
    try {
      PageSnapshot settings = EMPTY;
      for (String path : OwnersFiles.PATHS) {
        settings = settings.with(path, site.resolve(path));
      }
      for (Path other : others) {
        settings = settings.with(other.toString(), other);
      }
      return new PageSnapshot(
          pages.pages(),
          pages.sum() + settings.sum(),
          settings.newest().isAfter(pages.newest()) ? settings.newest() : pages.newest());
    } catch (IOException e) {
      throw new RefusedException(UnusableFolderException.sentence(site, e), e);
    }
  }

  private static PageSnapshot of(Path site, String folder, Set<String> own) {
    PageSnapshot snapshot = EMPTY;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(site.resolve(folder), "*.html")) {
      for (Path file : files) {
        String path = folder + file.getFileName();
        if (PageListing.mayList(path, own)) {
          snapshot = snapshot.with(path, file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return EMPTY;
    } catch (DirectoryIteratorException e) {
      throw new RefusedException(UnusableFolderException.sentence(site, e.getCause()), e);
    } catch (IOException e) {
      throw new RefusedException(UnusableFolderException.sentence(site, e), e);
    }
    return snapshot;
  }

  private PageSnapshot with(String path, Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return this;
    }
    if (!attributes.isRegularFile()) {
      return this;
    }
    Instant changed = attributes.lastModifiedTime().toInstant();
    long mixed = path.hashCode();
    for (long part : new long[] {attributes.size(), changed.getEpochSecond(), changed.getNano()}) {
      mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return new PageSnapshot(pages + 1, sum + mixed, changed.isAfter(newest) ? changed : newest);
  }
}
