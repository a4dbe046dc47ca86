package quickpage.index.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folders whose new names a power cut could still take away. */
final class UnsyncedFolders {

  private final Path root;
  private final Set<Path> unsynced = ConcurrentHashMap.newKeySet();

  /** Of a folder and those below it. */
  UnsyncedFolders(Path root) {
    this.root = root;
  }

  /** A new name is in its folder, and the folder's own may be new in the one above. */
  void remember(Path target) {
    for (Path above = target.getParent();
        above.startsWith(root) && unsynced.add(above);
        above = above.getParent()) {}
  }

  /** Not every system can sync a folder; one that cannot keeps its own order of changes. */
  void sync() {
    for (Path changed : List.copyOf(unsynced)) {
      unsynced.remove(changed);
      try (FileChannel channel = FileChannel.open(changed, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // As above; and whoever has removed the folder has no use for its names.
      }
    }
  }
}
