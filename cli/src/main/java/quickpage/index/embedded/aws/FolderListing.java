package quickpage.index.embedded.aws;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import quickpage.index.local.FileNames;

/**
 * Lists a folder as S3 lists a bucket: keys in the order of their UTF-8 bytes, from any key on, so
 * many at a time. Listing 33,000 pages takes 33 requests, so the names of a folder are read once
 * and kept until its modification time changes; what is asked of each file is read anew. Keys are
 * text, so files whose names are not are in no listing.
 *
 * @param hidden folders that are in no listing
 */
record FolderListing(Path root, Predicate<Path> hidden, Map<Path, Names> known) {
  /** A folder that changed a moment ago may change again within one tick of its clock. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  FolderListing(Path root, Predicate<Path> hidden) {
    this(root, hidden, new ConcurrentHashMap<>());
  }

  /**
   * One line of a listing.
   *
   * @param key the object's key, or a common prefix
   * @param attributes null for a common prefix
   */
  record Entry(String key, Path path, BasicFileAttributes attributes) {}

  /** A folder's names, those of folders with a slash, sorted as keys. */
  record Names(FileTime modified, List<String> sorted) {}

  /**
   * Lists keys.
   *
   * @param prefix what every key begins with
   * @param after the key that is before the first one listed; "" for none
   * @param grouped whether keys with a slash after the prefix are listed as their common prefix
   * @param most how many entries at most
   */
  List<Entry> list(String prefix, String after, boolean grouped, int most) throws IOException {
    int slash = prefix.lastIndexOf('/');
    String folderKey = prefix.substring(0, slash + 1);
    Path folder = root.resolve(folderKey).normalize();
    List<Entry> entries = new ArrayList<>();
    if (folder.startsWith(root) && most > 0) {
      collect(folder, folderKey, prefix, after, grouped, most, entries);
    }
    return entries;
  }

  private void collect(
      Path folder,
      String folderKey,
      String prefix,
      String after,
      boolean grouped,
      int most,
      List<Entry> entries)
      throws IOException {
    List<String> names = names(folder);
    for (int i = firstAfter(names, folderKey, after); i < names.size(); i++) {
      if (entries.size() == most) {
        return;
      }
      String key = folderKey + names.get(i);
      Path path = folder.resolve(names.get(i));
      if (!key.endsWith("/")) {
        BasicFileAttributes attributes = attributesIfPresent(path);
        if (key.startsWith(prefix) && isAfter(key, after) && attributes != null) {
          entries.add(new Entry(key, path, attributes));
        }
      } else if (grouped) {
        if (key.startsWith(prefix) && isAfter(key, after)) {
          entries.add(new Entry(key, path, null));
        }
      } else if (key.startsWith(prefix) || prefix.startsWith(key)) {
        collect(path, key, prefix, after, false, most, entries);
      }
    }
  }

  /** Where to begin: at the folder that holds {@code after}, else behind it. */
  private static int firstAfter(List<String> names, String folderKey, String after) {
    int low = 0;
    int high = names.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      String key = folderKey + names.get(middle);
      boolean behind = isAfter(key, after) || (key.endsWith("/") && after.startsWith(key));
      if (behind) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static boolean isAfter(String key, String after) {
    return compareKeys(key, after) > 0;
  }

  /** By code point, which is the order of the UTF-8 bytes; Java's own order is by UTF-16 unit. */
  static int compareKeys(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean mixed = Character.isSurrogate(x) != Character.isSurrogate(y);
        return mixed ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private List<String> names(Path folder) throws IOException {
    BasicFileAttributes attributes = attributesIfPresent(folder);
    if (attributes == null || !attributes.isDirectory()) {
      known.remove(folder);
      return List.of();
    }
    FileTime modified = attributes.lastModifiedTime();
    Names names = known.get(folder);
    if (names == null || !names.modified().equals(modified)) {
      names = new Names(modified, read(folder));
      if (modified.toInstant().plus(SETTLED).isBefore(Instant.now())) {
        known.put(folder, names);
      }
    }
    return names.sorted();
  }

  private List<String> read(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        if (!hidden.test(path) && FileNames.isText(path)) {
          names.add(path.getFileName() + (Files.isDirectory(path) ? "/" : ""));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(FolderListing::compareKeys);
    return List.copyOf(names);
  }

  /** Null if the file is gone, or is a link to nothing. */
  private static BasicFileAttributes attributesIfPresent(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      return null;
    }
  }
}
