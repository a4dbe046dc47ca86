package quickpage.index.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Optional;
import quickpage.index.error.RefusedException;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectStore.Prepared;

/**
 * Writes and removes the objects of a folder: each is whole before it gets its name, and what is
 * there is judged and replaced in one step.
 */
final class FolderWriter {

  private static final String OWN = OwnFiles.FOLDER + "/";

  /** Not synced: a run that was cut off is never resumed, so nobody reads its files. */
  private static final String RUNS = OwnFiles.RUNS + "/";

  private final ObjectFiles files;
  private final Staging staging;
  private final WriteGate gate;
  private final UnsyncedFolders unsyncedFolders;
  private final Object publishing = new Object();

  FolderWriter(ObjectFiles files, Staging staging, WriteGate gate) {
    this.files = files;
    this.staging = staging;
    this.gate = gate;
    this.unsyncedFolders = new UnsyncedFolders(files.folder());
  }

  /** Writes an object whole, but for its name. */
  Prepared prepare(String key, Content content) {
    if (!files.isKey(key)) {
      throw new RefusedException(
          "%s cannot be written: it is no path in %s.".formatted(key, files.folder()));
    }
    Path target = files.folder().resolve(key);
    return gate.written(
        () -> {
          Path file = staging.write(content, !key.startsWith(RUNS));
          try {
            String etag = ObjectFiles.etag(Files.readAttributes(file, BasicFileAttributes.class));
            return new Staged(key, target, file, etag);
          } catch (IOException e) {
            Staging.deleteQuietly(file);
            throw e;
          }
        });
  }

  /** An object that is whole on the disk, but for its name. */
  private final class Staged implements Prepared {
    private final String key;
    private final Path target;
    private final Path file;
    private final String etag;

    Staged(String key, Path target, Path file, String etag) {
      this.key = key;
      this.target = target;
      this.file = file;
      this.etag = etag;
    }

    @Override
    public String write() {
      return place(this::replace).orElseThrow();
    }

    @Override
    public Optional<String> writeIfUnchanged(Optional<String> seen) {
      // The names that the page switches to, before it does; and then its own.
      unsyncedFolders.sync();
      Optional<String> written =
          place(seen.isPresent() ? () -> replaceIfStill(seen) : this::create);
      unsyncedFolders.sync();
      return written;
    }

    /**
     * Gives the object its name.
     *
     * @param placement false if something speaks against it
     * @return the new ETag; empty if it was not placed
     */
    private Optional<String> place(WriteGate.Step<Boolean> placement) {
      return gate.written(
          () -> {
            synchronized (publishing) {
              if (key.startsWith(OWN)) {
                OwnFiles.refuseLinks(files.folder(), target);
              }
              Files.createDirectories(target.getParent());
              if (!placement.run()) {
                return Optional.empty();
              }
            }
            if (!key.startsWith(RUNS)) {
              unsyncedFolders.remember(target);
            }
            return Optional.of(etag);
          });
    }

    private boolean replace() throws IOException {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    }

    private boolean replaceIfStill(Optional<String> seen) throws IOException {
      return files.existing(target).map(ObjectFiles::etag).equals(seen) && replace();
    }

    private boolean create() throws IOException {
      try {
        // A link fails where a move would replace, also what another program puts there just now.
        Files.createLink(target, file);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (UnsupportedOperationException | FileSystemException e) {
        // Not every file system has links; where the folder is at fault, the move will say so.
        return !Files.exists(target, LinkOption.NOFOLLOW_LINKS) && replace();
      }
    }

    @Override
    public void close() {
      Staging.deleteQuietly(file);
    }
  }

  /** Removes files, and the folders that are empty then. */
  void delete(Collection<String> keys) {
    for (String key : keys) {
      if (files.existing(key).isPresent()) {
        gate.beforeTheEnd(
            () -> {
              Path file = files.folder().resolve(key);
              boolean deleted = Files.deleteIfExists(file);
              synchronized (publishing) {
                files.deleteEmptyFolders(file.getParent());
              }
              return deleted;
            });
      }
    }
  }
}
