package quickpage.index.local;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectHeaders;
import quickpage.index.site.store.ObjectStore;

/**
 * {@link ObjectStore} over a folder of this machine, which may belong to somebody else: a key is a
 * path in it.
 *
 * <ul>
 *   <li>An object is written beside the folder's files, in {@value #STAGING}, and moved to its name
 *       whole. Whoever writes has the site's lock; within the process, what is there is judged and
 *       replaced in one step.
 *   <li>Every file has an ETag, also one that was put there by hand or changed since: it is made of
 *       the file's identity, size and time.
 *   <li>A power cut leaves whole files, too: what readers or later runs see is synced before it
 *       gets its name, and before an object is written under a condition, as the page is that
 *       switches to new files, the names given so far are synced. What is in {@value #RUNS} is not:
 *       a run that was cut off is never resumed, so nobody reads it.
 *   <li>Keys are text, so files whose names are not are in no listing.
 * </ul>
 *
 * <p>What fails on a disk (it is full, it is read-only, permission is denied) another attempt does
 * not mend, so every failure is a {@link RefusedException}.
 */
final class FolderObjectStore implements ObjectStore {

  /** Where objects are while they are written; a killed process leaves its last ones here. */
  static final String STAGING = OwnFiles.FOLDER + "/staging";

  private static final String OWN = OwnFiles.FOLDER + "/";

  /** What runs keep for themselves. */
  private static final String RUNS = OWN + "runs/";

  /** A file that changes each time it is looked at is being written by somebody in place. */
  private static final int ATTEMPTS = 5;

  private final String bucket;
  private final Path folder;
  private final Object publishing = new Object();
  private final Map<String, List<String>> listed = new ConcurrentHashMap<>();
  private final Set<Path> unsyncedFolders = ConcurrentHashMap.newKeySet();
  private final String stagedBegin =
      Long.toString(ProcessHandle.current().pid(), 36) + "-" + Long.toString(System.nanoTime(), 36);
  private final AtomicLong staged = new AtomicLong();
  private final Consumer<RefusedException> failedWrite;

  /** Shared by those who write; had alone by whoever ends it. */
  private final ReadWriteLock writing = new ReentrantReadWriteLock();

  private boolean ended;

  /**
   * A store of one folder.
   *
   * @param bucket what the workflow calls it
   * @param folder absolute and normalised; it is made when something is written
   */
  FolderObjectStore(String bucket, Path folder) {
    this(bucket, folder, failure -> {});
  }

  /**
   * The same for somebody who wants to know at once what the disk does not take.
   *
   * @param failedWrite told before the refusal is thrown
   */
  FolderObjectStore(String bucket, Path folder, Consumer<RefusedException> failedWrite) {
    this.bucket = bucket;
    this.folder = folder;
    this.failedWrite = failedWrite;
  }

  @Override
  public String bucket() {
    return bucket;
  }

  @Override
  public String address(String key) {
    return folder + "/" + key;
  }

  /**
   * Takes over what somebody else has listed just now, for the next {@link #htmlFilesIn}: looking
   * at 35,000 pages twice takes half as long again as a run needs to plan.
   */
  void listed(Map<String, List<String>> htmlFiles) {
    listed.putAll(htmlFiles);
  }

  @Override
  public List<String> htmlFilesIn(String prefix) {
    List<String> known = listed.remove(prefix);
    if (known != null) {
      return known;
    }
    List<String> names = new ArrayList<>();
    for (Path path : entries(prefix)) {
      String name = path.getFileName().toString();
      // java.io asks the same of the system in half the time, which 35,000 pages show.
      if (name.endsWith(".html") && FileNames.isText(path) && path.toFile().isFile()) {
        names.add(name);
      }
    }
    return Collections.unmodifiableList(names);
  }

  @Override
  public List<String> keysUnder(String prefix) {
    String folderKey = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    List<String> keys = new ArrayList<>();
    collect(folderKey, prefix, keys);
    Collections.sort(keys);
    return Collections.unmodifiableList(keys);
  }

  private void collect(String folderKey, String prefix, List<String> keys) {
    for (Path path : entries(folderKey)) {
      String key = folderKey + path.getFileName();
      if (!FileNames.isText(path) || key.equals(STAGING)) {
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
    if (!folderKey.isEmpty() && !isKey(folderKey.substring(0, folderKey.length() - 1))) {
      return entries;
    }
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder.resolve(folderKey))) {
      paths.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw refusal(e.getCause());
    } catch (IOException e) {
      if (!isBelowAFile(folder.resolve(folderKey))) {
        throw refusal(e);
      }
    }
    return entries;
  }

  /** A folder keeps no headers. */
  @Override
  public Optional<Head> head(String key) {
    return existing(key).map(attributes -> new Head(etag(attributes), ObjectHeaders.NONE));
  }

  /** The file's attributes; empty where there is no file. */
  private Optional<BasicFileAttributes> existing(String key) {
    return isKey(key) ? existing(folder.resolve(key)) : Optional.empty();
  }

  private Optional<BasicFileAttributes> existing(Path file) {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class))
          .filter(BasicFileAttributes::isRegularFile);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (isBelowAFile(file)) {
        return Optional.empty();
      }
      throw refusal(e);
    }
  }

  /** Of the form that S3 gives to objects of several parts, so nobody takes it for an MD5. */
  private static String etag(BasicFileAttributes attributes) {
    String identity =
        attributes.fileKey() + "/" + attributes.size() + "/" + attributes.lastModifiedTime();
    return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "")
        + "-1";
  }

  @Override
  public Optional<Stored> read(String key) {
    Optional<String> etag = etag(key);
    for (int attempt = 0; etag.isPresent() && attempt < ATTEMPTS; attempt++) {
      try {
        InputStream body = Files.newInputStream(folder.resolve(key));
        Optional<String> opened = etag(key);
        if (opened.equals(etag)) {
          return Optional.of(new Stored(new BufferedInputStream(new DiskInput(body)), etag.get()));
        }
        body.close();
        etag = opened;
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw refusal(e);
      }
    }
    if (etag.isPresent()) {
      throw new TransientFailure("%s changes while it is read.".formatted(address(key)), null);
    }
    return Optional.empty();
  }

  @Override
  public String write(String key, Content content) {
    try (Staged object = prepare(key, content)) {
      return object.write();
    }
  }

  @Override
  public Optional<String> writeIfUnchanged(String key, Content content, Optional<String> seen) {
    try (Staged object = prepare(key, content)) {
      return object.writeIfUnchanged(seen);
    }
  }

  @Override
  public Staged prepare(String key, Content content) {
    if (!isKey(key)) {
      throw new RefusedException(
          "%s cannot be written: it is no path in %s.".formatted(key, folder));
    }
    Path target = folder.resolve(key);
    return written(
        () -> {
          Path file = stage(content, !key.startsWith(RUNS));
          try {
            String etag = etag(Files.readAttributes(file, BasicFileAttributes.class));
            return new Staged(key, target, file, etag);
          } catch (IOException e) {
            deleteQuietly(file);
            throw e;
          }
        });
  }

  /** What a disk does not give, it will not give to another attempt. */
  private final class DiskInput extends FilterInputStream {

    DiskInput(InputStream file) {
      super(file);
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw refusal(e);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      try {
        return super.read(bytes, from, length);
      } catch (IOException e) {
        throw refusal(e);
      }
    }
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
      return place(
              (staged, to) -> {
                move(staged, to);
                return true;
              })
          .orElseThrow();
    }

    @Override
    public Optional<String> writeIfUnchanged(Optional<String> seen) {
      syncFolders();
      Optional<String> written =
          place(seen.isPresent() ? replacing(seen.get()) : FolderObjectStore.this::create);
      syncFolders();
      return written;
    }

    /** The new ETag; empty if it was not placed. */
    private Optional<String> place(Placement placement) {
      return written(
          () -> {
            synchronized (publishing) {
              if (key.startsWith(OWN)) {
                OwnFiles.refuseLinks(folder, target);
              }
              Files.createDirectories(target.getParent());
              if (!placement.place(file, target)) {
                return Optional.empty();
              }
            }
            if (!key.startsWith(RUNS)) {
              rememberFolders(target);
            }
            return Optional.of(etag);
          });
    }

    @Override
    public void close() {
      deleteQuietly(file);
    }
  }

  /** A step of writing. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T written(Step<T> step) {
    return beforeTheEnd(
        () -> {
          try {
            return step.run();
          } catch (ClosedByInterruptException e) {
            // Not the disk's fault: whoever interrupts knows why.
            throw e;
          } catch (IOException e) {
            RefusedException failure = refusal(e);
            failedWrite.accept(failure);
            throw failure;
          }
        });
  }

  private <T> T beforeTheEnd(Step<T> step) {
    writing.readLock().lock();
    try {
      if (ended) {
        throw new RefusedException(
            "The run has ended; nothing more is written in %s.".formatted(folder));
      }
      return step.run();
    } catch (IOException e) {
      throw refusal(e);
    } finally {
      writing.readLock().unlock();
    }
  }

  /** Waits for what is being written; whatever comes later is refused. */
  void end() {
    writing.writeLock().lock();
    try {
      ended = true;
    } finally {
      writing.writeLock().unlock();
    }
  }

  private Placement replacing(String seen) {
    return (staged, target) -> {
      if (!existing(target).map(FolderObjectStore::etag).equals(Optional.of(seen))) {
        return false;
      }
      move(staged, target);
      return true;
    };
  }

  private boolean create(Path staged, Path target) throws IOException {
    try {
      // A link fails where a move would replace, also what another program puts there just now.
      Files.createLink(target, staged);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Not every file system has links; where the folder is at fault, the move will say so.
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      move(staged, target);
      return true;
    }
  }

  private static void move(Path staged, Path target) throws IOException {
    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives a file that is written its name, unless something speaks against it. */
  private interface Placement {
    boolean place(Path staged, Path target) throws IOException;
  }

  private Path stage(Content content, boolean synced) throws IOException {
    Path staging = folder.resolve(STAGING);
    OwnFiles.refuseLinks(folder, staging);
    Files.createDirectories(staging);
    Path file = staging.resolve(stagedBegin + "-" + staged.incrementAndGet());
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

  /** What cannot be removed now, {@link #clearStaging} will find. */
  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The failure that led here is what the user has to hear of.
    }
  }

  /** A new name is in its folder, and the folder's own may be new in the one above. */
  private void rememberFolders(Path target) {
    for (Path above = target.getParent();
        above.startsWith(folder) && unsyncedFolders.add(above);
        above = above.getParent()) {}
  }

  /** Not every system can sync a folder; one that cannot keeps its own order of changes. */
  private void syncFolders() {
    for (Path changed : List.copyOf(unsyncedFolders)) {
      unsyncedFolders.remove(changed);
      try (FileChannel channel = FileChannel.open(changed, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // As above; and whoever has removed the folder has no use for its names.
      }
    }
  }

  @Override
  public void delete(Collection<String> keys) {
    for (String key : keys) {
      if (existing(key).isPresent()) {
        beforeTheEnd(
            () -> {
              Path file = folder.resolve(key);
              boolean deleted = Files.deleteIfExists(file);
              synchronized (publishing) {
                deleteEmptyFolders(file.getParent());
              }
              return deleted;
            });
      }
    }
  }

  /** S3 has no folders, so none stays for what was removed. */
  private void deleteEmptyFolders(Path from) throws IOException {
    try {
      for (Path empty = from; !empty.equals(folder); empty = empty.getParent()) {
        Files.deleteIfExists(empty);
      }
    } catch (DirectoryNotEmptyException e) {
      // It holds something; then it stays, and with it those above.
    }
  }

  /**
   * Removes what is left of objects that were never finished. Only for whoever alone writes here.
   */
  void clearStaging() throws IOException {
    Path staging = folder.resolve(STAGING);
    OwnFiles.refuseLinks(folder, staging);
    if (Files.isDirectory(staging)) {
      try (Stream<Path> left = Files.list(staging)) {
        for (Path file : (Iterable<Path>) left::iterator) {
          Files.deleteIfExists(file);
        }
      }
      deleteEmptyFolders(staging);
    }
  }

  /** The same where whatever stays does no harm: the next run clears it. */
  void clearStagingQuietly() {
    try {
      clearStaging();
    } catch (IOException e) {
      // As above.
    }
  }

  /** Whether it is a path of plain names below the folder. */
  private boolean isKey(String key) {
    try {
      Path file = folder.resolve(key);
      return !key.isEmpty()
          && !key.endsWith("/")
          && file.startsWith(folder)
          && file.equals(file.normalize())
          && !file.equals(folder);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private boolean isBelowAFile(Path file) {
    for (Path above = file.getParent(); above.startsWith(folder); above = above.getParent()) {
      if (Files.isRegularFile(above)) {
        return true;
      }
    }
    return false;
  }

  private RefusedException refusal(IOException cause) {
    return new RefusedException(UnusableFolderException.sentence(folder, cause), cause);
  }
}
