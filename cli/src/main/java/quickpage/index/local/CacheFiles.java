package quickpage.index.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;

/**
 * The file of a cache and those that SQLite keeps beside it, as they are before SQLite opens them,
 * and where they go when they are damaged.
 */
final class CacheFiles {

  /** What SQLite appends: write-ahead log, its index, and the journal of a file without one. */
  private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");

  /** Head of a write-ahead log: https://www.sqlite.org/fileformat2.html#walformat. */
  private static final int LOG_HEAD = 32;

  private static final int LOG_MAGIC = 0x377f0682;
  private static final int LOG_FORMAT = 3_007_000;

  /** Another process may write the log's head just now. */
  private static final int LOOKS = 3;

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Clock clock;

  /** The file that was opened: another of its name is not the damaged one. */
  private Object identity;

  private CacheFiles(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.identity = identity(file);
  }

  /**
   * Looks at the files of a cache; one that is not there will be made.
   *
   * @throws UnusableCacheException if SQLite must not open them, or could not write them
   */
  static CacheFiles lookAt(Path file, Clock clock) {
    CacheFiles files = new CacheFiles(file, clock);
    refuseUnlessUsable(file, file);
    for (String suffix : BESIDE) {
      refuseUnlessUsable(file, beside(file, suffix));
    }
    Path folder = file.getParent();
    if (!Files.isWritable(folder) || !Files.isReadable(folder)) {
      throw new UnusableCacheException(file, folder + " cannot be written", null);
    }
    files.refuseDamagedLog();
    return files;
  }

  private static void refuseUnlessUsable(Path file, Path needed) {
    FileKind kind = FileKind.of(needed);
    if (kind == FileKind.MISSING) {
      return;
    }
    if (kind != FileKind.FILE) {
      String what = needed.equals(file) ? "it" : needed.toString();
      throw new UnusableCacheException(file, what + " is " + kind.inWords(), null);
    }
    if (!Files.isReadable(needed)) {
      throw new UnusableCacheException(file, needed + " cannot be read", null);
    }
    // SQLite would open what it may not write, and fail at the first write.
    if (!Files.isWritable(needed)) {
      throw new UnusableCacheException(file, needed + " cannot be written", null);
    }
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** SQLite would take a log that is none for an empty one and write over it. */
  private void refuseDamagedLog() {
    Path log = beside(file, "-wal");
    if (FileKind.of(log) != FileKind.FILE) {
      return;
    }
    try {
      for (int look = 1; !isEmptyOrLog(log); look++) {
        if (look == LOOKS) {
          throw new UnusableCacheException(file, damaged("its log is damaged"), null);
        }
        Thread.sleep(20);
      }
    } catch (IOException e) {
      throw new UnusableCacheException(file, UnusableFolderException.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableCacheException(file, "the run was stopped while its log was looked at", e);
    }
  }

  private static boolean isEmptyOrLog(Path log) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(log)) {
      head = in.readNBytes(LOG_HEAD);
    }
    if (head.length == 0) {
      return true;
    }
    if (head.length < LOG_HEAD) {
      return false;
    }
    ByteBuffer numbers = ByteBuffer.wrap(head);
    int magic = numbers.getInt(0);
    if ((magic & ~1) != LOG_MAGIC || numbers.getInt(4) != LOG_FORMAT) {
      return false;
    }
    ByteBuffer summed =
        ByteBuffer.wrap(head)
            .order((magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int first = 0;
    int second = 0;
    for (int at = 0; at < LOG_HEAD - 8; at += 8) {
      first += summed.getInt(at) + second;
      second += summed.getInt(at + 4) + first;
    }
    return numbers.getInt(LOG_HEAD - 8) == first && numbers.getInt(LOG_HEAD - 4) == second;
  }

  /** The file is there now, if it was not. */
  void opened() {
    if (identity == null) {
      identity = identity(file);
    }
  }

  /**
   * Moves the files aside, so that the next run makes new ones and these can be looked at. Nobody
   * may have them open in this process.
   *
   * @param what the beginning of the reason, such as {@code it is damaged}
   * @return the reason, which says where they are now
   */
  String damaged(String what) {
    Path aside = beside(file, ".damaged-" + WHEN.format(clock.instant()));
    try {
      if (identity == null || !Objects.equals(identity, identity(file))) {
        return what + ", and gone by now";
      }
      // The file first: SQLite removes a log that it finds beside no file.
      Files.move(file, aside);
      for (String suffix : BESIDE) {
        if (FileKind.of(beside(file, suffix)) == FileKind.FILE) {
          Files.move(beside(file, suffix), beside(aside, suffix));
        }
      }
    } catch (IOException e) {
      return what + "; remove it, and the next run makes a new one";
    }
    return what + " and was moved to " + aside;
  }

  private static Object identity(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
