package quickpage.index.local;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.ObjectHeaders;
import quickpage.index.site.store.ObjectStore;

/**
 * {@link ObjectStore} over a folder of this machine, which may belong to somebody else: a key is a
 * path in it ({@link ObjectFiles}).
 *
 * <ul>
 *   <li>An object is written beside the folder's files, in {@value OwnFiles#STAGING}, and moved to
 *       its name whole ({@link Staging}, {@link FolderWriter}). Whoever writes has the site's lock;
 *       within the process, what is there is judged and replaced in one step.
 *   <li>Every file has an ETag, also one that was put there by hand or changed since: it is made of
 *       the file's identity, size and time.
 *   <li>A power cut leaves whole files, too: what readers or later runs see is synced before it
 *       gets its name, and before an object is written under a condition, as the page is that
 *       switches to new files, the names given so far are synced ({@link UnsyncedFolders}). What is
 *       in {@value OwnFiles#RUNS} is not: a run that was cut off is never resumed, so nobody reads
 *       it.
 *   <li>Keys are text, so files whose names are not are in no listing ({@link FolderListing}).
 * </ul>
 *
 * <p>What fails on a disk (it is full, it is read-only, permission is denied) another attempt does
 * not mend, so every failure is a {@link RefusedException}.
 */
final class FolderObjectStore implements ObjectStore {

  /** A file that changes each time it is looked at is being written by somebody in place. */
  private static final int ATTEMPTS = 5;

  private final String bucket;
  private final ObjectFiles files;
  private final FolderListing listing;
  private final Staging staging;
  private final WriteGate gate;
  private final FolderWriter writer;

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
    this.files = new ObjectFiles(folder);
    this.listing = new FolderListing(files);
    this.staging = new Staging(files);
    this.gate = new WriteGate(files, failedWrite);
    this.writer = new FolderWriter(files, staging, gate);
  }

  @Override
  public String bucket() {
    return bucket;
  }

  @Override
  public String address(String key) {
    return files.folder() + "/" + key;
  }

  /** Takes over what somebody else has listed just now; see {@link FolderListing#listed}. */
  void listed(Map<String, List<String>> htmlFiles) {
    listing.listed(htmlFiles);
  }

  @Override
  public List<String> htmlFilesIn(String prefix) {
    return listing.htmlFilesIn(prefix);
  }

  @Override
  public List<String> keysUnder(String prefix) {
    return listing.keysUnder(prefix);
  }

  /** A folder keeps no headers. */
  @Override
  public Optional<Head> head(String key) {
    return files
        .existing(key)
        .map(attributes -> new Head(ObjectFiles.etag(attributes), ObjectHeaders.NONE));
  }

  @Override
  public Optional<Stored> read(String key) {
    Optional<String> etag = etag(key);
    for (int attempt = 0; etag.isPresent() && attempt < ATTEMPTS; attempt++) {
      try {
        InputStream body = Files.newInputStream(files.folder().resolve(key));
        Optional<String> opened = etag(key);
        if (opened.equals(etag)) {
          return Optional.of(new Stored(new BufferedInputStream(new DiskInput(body)), etag.get()));
        }
        body.close();
        etag = opened;
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw files.refusal(e);
      }
    }
    if (etag.isPresent()) {
      throw new TransientFailure("%s changes while it is read.".formatted(address(key)), null);
    }
    return Optional.empty();
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
        throw files.refusal(e);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      try {
        return super.read(bytes, from, length);
      } catch (IOException e) {
        throw files.refusal(e);
      }
    }
  }

  @Override
  public String write(String key, Content content) {
    try (Prepared object = prepare(key, content)) {
      return object.write();
    }
  }

  @Override
  public Optional<String> writeIfUnchanged(String key, Content content, Optional<String> seen) {
    try (Prepared object = prepare(key, content)) {
      return object.writeIfUnchanged(seen);
    }
  }

  @Override
  public Prepared prepare(String key, Content content) {
    return writer.prepare(key, content);
  }

  @Override
  public void delete(Collection<String> keys) {
    writer.delete(keys);
  }

  /** Waits for what is being written; whatever comes later is refused. */
  void end() {
    gate.end();
  }

  /** Removes what killed runs left of unfinished objects. Only for whoever alone writes here. */
  void clearStaging() throws IOException {
    staging.clear();
  }

  /** The same where whatever stays does no harm: the next run clears it. */
  void clearStagingQuietly() {
    try {
      clearStaging();
    } catch (IOException e) {
      // As above.
    }
  }
}
