package quickpage.index.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import quickpage.index.compose.ComposeIndex;
import quickpage.index.error.RefusedException;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.settings.OwnersFiles;

/**
 * A site's folder as it is before a run. S3 knows no folder that is a file and no link that leads
 * nowhere: behind it, these would be faults of a server, which a run waits to pass by.
 *
 * @param pages where the pages are
 * @param out where the index goes; the same in place
 */
public record SiteFolder(Path pages, Path out) {

  /** Folders of ours below {@code out} that every run writes into. */
  private static final List<String> OWN_FOLDERS =
      List.of(OwnFiles.FOLDER, OwnFiles.RUNS, OwnFiles.FOLDER + "/published", OwnFiles.STAGING);

  /** Files of ours that an earlier run may have left. */
  private static final List<String> OWN_FILES =
      List.of(OwnFiles.FOLDER + "/lock", OwnFiles.FOLDER + "/published/state.json");

  /** Where the page's own files go. */
  private static final String ASSETS = "static/index";

  /**
   * The site that a folder's pages are of, where the folder is only {@code types/} of neuView's
   * layout: an index in there would be in the way of the site's own.
   *
   * @param folder absolute and normalised
   */
  public static Optional<Path> whosePages(Path folder) {
    String types = PageLayout.NEUVIEW.folder();
    boolean named = folder.endsWith(types.substring(0, types.length() - 1));
    return named && folder.getParent() != null && !hasHtml(folder.resolve(types)) && hasHtml(folder)
        ? Optional.of(folder.getParent())
        : Optional.empty();
  }

  /** Whether there is any page, or what may be one. */
  public static boolean hasPages(Path folder) {
    return hasHtml(folder) || hasHtml(folder.resolve(PageLayout.NEUVIEW.folder()));
  }

  private static boolean hasHtml(Path folder) {
    try (DirectoryStream<Path> pages = Files.newDirectoryStream(folder, "*.html")) {
      return pages.iterator().hasNext();
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  /**
   * Looks for what would stop a run.
   *
   * @param indexFile null for the layout's own
   * @throws RefusedException naming a page or a file of the owner's that cannot be read, or what is
   *     in the way of the index
   */
  public Checked check(String indexFile) {
    Path types = pages.resolve(PageLayout.NEUVIEW.folder());
    refuseUnreadable("folder", types);
    Pages inTypes = Files.isDirectory(types) ? Pages.of(types) : new Pages(types);
    boolean neuview = !inTypes.isEmpty();
    PageLayout layout = neuview ? PageLayout.NEUVIEW : PageLayout.QUICKPAGE;
    Pages found = neuview ? inTypes : Pages.of(pages);
    OwnersFiles.PATHS.forEach(path -> refuseUnlessFileToRead(pages.resolve(path)));
    OWN_FOLDERS.forEach(
        path -> {
          OwnFiles.refuseUnless(FileKind.FOLDER, out, out.resolve(path));
          refuseUnlessFolder(out.resolve(path));
        });
    OWN_FILES.forEach(path -> OwnFiles.refuseUnless(FileKind.FILE, out, out.resolve(path)));
    refuseUnlessFolder(out.resolve(ASSETS));
    ComposeIndex.publishedFiles(layout, indexFile)
        .forEach(path -> refuseUnlessFile(out.resolve(path)));
    return new Checked(
        Map.of(layout.folder(), Collections.unmodifiableList(found.names)),
        found.unnamed.isEmpty() ? List.of() : List.of(passedOver(found.folder, found.unnamed)));
  }

  /**
   * What was found.
   *
   * @param pages names of the files that may be pages, by their folder within the site; of the
   *     folder that the layout has them in
   * @param warnings sentences about pages that a run passes over
   */
  public record Checked(Map<String, List<String>> pages, List<String> warnings) {}

  /** The HTML files of a folder. */
  private static final class Pages {
    private final Path folder;
    private final List<String> names = new ArrayList<>();
    private final List<Path> unnamed = new ArrayList<>();

    Pages(Path folder) {
      this.folder = folder;
    }

    boolean isEmpty() {
      return names.isEmpty() && unnamed.isEmpty();
    }

    static Pages of(Path folder) {
      Pages pages = new Pages(folder);
      htmlIn(folder, pages::add);
      return pages;
    }

    private void add(Path path) {
      // java.io asks the same of the system in half the time, which 35,000 pages show.
      File file = path.toFile();
      boolean isFile = file.isFile();
      // A folder, a pipe, a socket or a device is no page; a link that leads nowhere was to be one.
      if (!isFile && file.exists()) {
        return;
      }
      if (!FileNames.isText(path)) {
        unnamed.add(path);
        return;
      }
      refuseUnreadable("page", path, file);
      if (isFile) {
        names.add(file.getName());
      }
    }
  }

  private static void htmlIn(Path folder, Consumer<Path> found) {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        if (path.toString().endsWith(".html")) {
          found.accept(path);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw new RefusedException(UnusableFolderException.sentence(folder, e.getCause()), e);
    } catch (IOException e) {
      throw new RefusedException(UnusableFolderException.sentence(folder, e), e);
    }
  }

  private static String passedOver(Path folder, List<Path> unnamed) {
    String first = unnamed.stream().map(FileNames::escaped).sorted().findFirst().orElseThrow();
    return "Passed over in %s: %d %s whose name is not %s, %s%s."
        .formatted(
            folder,
            unnamed.size(),
            unnamed.size() == 1 ? "page" : "pages",
            FileNames.ENCODING,
            unnamed.size() == 1 ? "" : "the first ",
            first);
  }

  /** What an owner has put there is not to be passed over in silence. */
  private static void refuseUnlessFileToRead(Path file) {
    refuseUnreadable("file", file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      FileKind kind = Files.isDirectory(file) ? FileKind.FOLDER : FileKind.OTHER;
      throw new RefusedException(
          "The file %s cannot be read: it is %s.".formatted(file, kind.inWords()));
    }
  }

  private void refuseUnlessFile(Path file) {
    refuseUnlessFolder(file.getParent());
    refuseUnreadable("file", file);
    if (Files.isDirectory(file)) {
      throw unusable(file + " is a folder");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw unusable(file + " is " + FileKind.OTHER.inWords());
    }
  }

  private void refuseUnlessFolder(Path folder) {
    if (!folder.equals(out)) {
      refuseUnlessFolder(folder.getParent());
    }
    refuseUnreadable("folder", folder);
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw unusable(folder + " is not a folder");
      }
      if (!Files.isWritable(folder)) {
        throw unusable("permission is denied for " + folder);
      }
    }
  }

  private RefusedException unusable(String reason) {
    return new RefusedException("The folder %s cannot be used: %s.".formatted(out, reason));
  }

  private static void refuseUnreadable(String what, Path path) {
    refuseUnreadable(what, path, path.toFile());
  }

  private static void refuseUnreadable(String what, Path path, File file) {
    if (!file.canRead() && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException(
          "The %s %s cannot be read: %s."
              .formatted(
                  what,
                  path,
                  Files.exists(path) ? "permission is denied" : "it is a link that leads nowhere"));
    }
  }
}
