package quickpage.index.embedded.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import quickpage.index.model.Refusal;

/**
 * The lease of a site on one machine: the operating system's lock on {@code .quickpage-index/lock}.
 * It ends with its process, however that ends, so a killed run leaves nothing to wait for.
 */
public final class SiteLock implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;

  private SiteLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param site the folder that the run will write
   * @throws Refusal naming the run that holds it
   */
  public static SiteLock take(Path site, String run) {
    Path file = site.resolve(".quickpage-index").resolve("lock");
    while (true) {
      SiteLock lock = tryOnce(site, file, run);
      if (lock != null) {
        return lock;
      }
    }
  }

  /** Null if the file was removed, by a run that just ended, between opening and locking it. */
  private static SiteLock tryOnce(Path site, Path file, String run) {
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new Refusal(
            "Another run is at work in %s: %s. Wait until it has ended."
                .formatted(site, Files.readString(file).strip().lines().findFirst().orElse("?")));
      }
      String mark =
          "%s, process %d, since %s%n%s"
              .formatted(
                  run,
                  ProcessHandle.current().pid(),
                  Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                  UUID.randomUUID());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)), 0);
      if (!Files.exists(file) || !Files.readString(file).equals(mark)) {
        channel.close();
        return null;
      }
      return new SiteLock(file, channel);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new Refusal("The folder %s cannot be written: %s.".formatted(site, e.getMessage()), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Removes the lock, and its folder if the run has left nothing there. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (DirectoryNotEmptyException e) {
      // The run has left something, as most do.
    } catch (IOException e) {
      throw new UncheckedIOException("the lock " + file + " cannot be removed", e);
    }
  }
}
