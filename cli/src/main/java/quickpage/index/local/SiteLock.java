package quickpage.index.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import quickpage.index.error.RefusedException;

/**
 * The lease of a site on one machine: the operating system's lock on {@code .quickpage-index/lock}.
 * It ends with its process, however that ends, so a killed run leaves nothing to wait for.
 */
public final class SiteLock implements AutoCloseable {

  /**
   * Files locked by this process, and what is in them. The operating system's lock is the
   * process's, and POSIX drops it when <em>any</em> channel of that process on the file is closed:
   * while it is held, this process must not open the file a second time.
   */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private static final String OWN = OwnFiles.FOLDER;

  private final Path file;
  private final FileChannel channel;

  /** Looked through the file's name once, and must stay open for the reason above. */
  private final FileChannel byName;

  private SiteLock(Path file, FileChannel channel, FileChannel byName) {
    this.file = file;
    this.channel = channel;
    this.byName = byName;
  }

  /**
   * Takes the lock.
   *
   * @param site the folder that the run will write
   * @throws RefusedException naming the run that holds it
   */
  public static SiteLock take(Path site, String run) {
    String entry =
        "%s, process %d, since %s%n%s"
            .formatted(
                run,
                ProcessHandle.current().pid(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                UUID.randomUUID());

    try {
      Files.createDirectories(site.resolve(OWN));
      Path file = site.toRealPath().resolve(OWN).resolve("lock");
      OwnFiles.refuseUnless(FileKind.FOLDER, site, file.getParent());
      OwnFiles.refuseUnless(FileKind.FILE, site, file);
      String holder = HELD.putIfAbsent(file, entry);
      if (holder != null) {
        throw held(site, holder);
      }
      SiteLock lock = null;
      try {
        while (lock == null) {
          lock = tryOnce(site, file, entry);
        }
        return lock;
      } finally {
        if (lock == null) {
          HELD.remove(file);
        }
      }
    } catch (IOException e) {
      throw new RefusedException(UnusableFolderException.sentence(site, e), e);
    }
  }

  private static RefusedException held(Path site, String entry) {
    return new RefusedException(
        "Another run is at work in %s: %s. Wait until it has ended."
            .formatted(site, entry.lines().findFirst().orElse("it has just begun")));
  }

  /** Null if the file was removed, by a run that just ended, between opening and locking it. */
  private static SiteLock tryOnce(Path site, Path file, String entry) throws IOException {
    FileChannel channel = null;
    FileChannel byName = null;
    boolean taken = false;
    try {
      Files.createDirectories(file.getParent());
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      if (channel.tryLock() == null) {
        throw held(site, content(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(entry.getBytes(StandardCharsets.UTF_8)), 0);
      byName = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      taken = content(byName).equals(entry);
      return taken ? new SiteLock(file, channel, byName) : null;
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      if (!taken) {
        close(byName);
        close(channel);
      }
    }
  }

  private static void close(FileChannel channel) throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  private static String content(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), 1000));
    channel.read(content, 0);
    return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
  }

  /** Removes the lock, and its folder if the run has left nothing there. */
  @Override
  public void close() {
    try (channel;
        byName) {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    } catch (DirectoryNotEmptyException e) {
      // The run has left something, as most do.
    } catch (IOException e) {
      throw new UncheckedIOException("the lock " + file + " cannot be removed", e);
    } finally {
      HELD.remove(file);
    }
  }
}
