package quickpage.index.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lists the objects of a folder. Keys are text, so files whose names are not are left out. */
final class FolderListing {

  private final ObjectFiles files;
  private final Map<String, List<String>> listed = new ConcurrentHashMap<>();

  FolderListing(ObjectFiles files) {
    this.files = files;
  }

  /**
   * Takes over what somebody else has listed just now, for the next {@link #htmlFilesIn}: looking
   * at 35,000 pages twice takes half as long again as a run needs to plan.
   */
  void listed(Map<String, List<String>> htmlFiles) {
    listed.putAll(htmlFiles);
  }

  /** Names of the HTML files directly in a folder, which is "" or ends in a slash. */
  List<String> htmlFilesIn(String folderKey) {
    List<String> known = listed.remove(folderKey);
    if (known != null) {
      return known;
    }
    List<String> names = new ArrayList<>();
    for (Path path : entries(folderKey)) {
      String name = path.getFileName().toString();
      // java.io asks the same of the system in half the time, which 35,000 pages show.
      if (name.endsWith(".html") && FileNames.isText(path) && path.toFile().isFile()) {
        names.add(name);
      }
    }
    return Collections.unmodifiableList(names);
  }

  /** All keys that begin with a prefix, sorted. */
  List<String> keysUnder(String prefix) {
    String folderKey = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    List<String> keys = new ArrayList<>();
    collect(folderKey, prefix, keys);
    Collections.sort(keys);
    return Collections.unmodifiableList(keys);
  }

  private void collect(String folderKey, String prefix, List<String> keys) {
    for (Path path : entries(folderKey)) {
      String key = folderKey + path.getFileName();
      if (!FileNames.isText(path) || key.equals(OwnFiles.STAGING)) {
        continue;
      }
      if (Files.isDirectory(path)) {
        if ((key + "/").startsWith(prefix) || prefix.startsWith(key + "/")) {
          collect(key + "/", prefix, keys);
        }
      } else if (key.startsWith(prefix) && Files.isRegularFile(path)) {
        keys.add(key);
      }
    }
  }

  /** Nothing where there is no such folder, or where it was removed meanwhile. */
  private List<Path> entries(String folderKey) {
    List<Path> entries = new ArrayList<>();
    if (!folderKey.isEmpty() && !files.isKey(folderKey.substring(0, folderKey.length() - 1))) {
      return entries;
    }
    Path folder = files.folder().resolve(folderKey);
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      paths.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw files.refusal(e.getCause());
    } catch (IOException e) {
      if (!files.isBelowAFile(folder)) {
        throw files.refusal(e);
      }
    }
    return entries;
  }
}
