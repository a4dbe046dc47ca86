package quickpage.index.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import quickpage.index.site.store.Content;

/**
 * Where objects are while they are written, {@value OwnFiles#STAGING} of their folder; a killed
 * process leaves its last ones there.
 */
final class Staging {

  private final ObjectFiles files;
  private final Path staging;

  /** Names of this process's files begin with it: other processes have their own. */
  private final String nameBegin =
      Long.toString(ProcessHandle.current().pid(), 36) + "-" + Long.toString(System.nanoTime(), 36);

  private final AtomicLong staged = new AtomicLong();

  Staging(ObjectFiles files) {
    this.files = files;
    this.staging = files.folder().resolve(OwnFiles.STAGING);
  }

  /**
   * Writes a file of its own with a content.
   *
   * @param synced whether it is to outlast a power cut
   */
  Path write(Content content, boolean synced) throws IOException {
    OwnFiles.refuseLinks(files.folder(), staging);
    Files.createDirectories(staging);
    Path file = staging.resolve(nameBegin + "-" + staged.incrementAndGet());
    try (FileChannel to =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      if (content.file() == null) {
        ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
      } else {
        try (FileChannel from = FileChannel.open(content.file())) {
          long size = from.size();
          for (long done = 0; done < size; ) {
            done += from.transferTo(done, size - done, to);
          }
        }
      }
      if (synced) {
        to.force(false);
      }
      return file;
    } catch (IOException e) {
      deleteQuietly(file);
      throw e;
    }
  }

  /** What cannot be removed now, {@link #clear} will find. */
  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure that led here is what the user has to hear of.
    }
  }

  /**
   * Removes what is left of objects that were never finished. Only for whoever alone writes here.
   */
  void clear() throws IOException {
    OwnFiles.refuseLinks(files.folder(), staging);
    if (Files.isDirectory(staging)) {
      try (Stream<Path> left = Files.list(staging)) {
        for (Path file : (Iterable<Path>) left::iterator) {
          Files.deleteIfExists(file);
        }
      }
      files.deleteEmptyFolders(staging);
    }
  }
}
