package quickpage.index.site;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Json;
import quickpage.index.model.Refusal;
import quickpage.index.model.RunContext;
import quickpage.index.model.TransientFailure;

/**
 * The finished entries of one batch: gzipped lines of JSON. The first line names format and batch,
 * then comes a line an entry, and the last line has their number and the CRC-32C of all lines
 * before it, so that a torn shard never becomes half an index. Read one entry at a time.
 */
public final class Shard implements AutoCloseable {

  /** How the last line begins, and no other: an entry begins with its name. */
  private static final String TAIL = "{\"entries\":";

  private final int batch;
  private final BufferedReader lines;
  private final Checksum checksum = new CRC32C();
  private int read;
  private boolean ended;

  private Shard(int batch, BufferedReader lines) {
    this.batch = batch;
    this.lines = lines;
  }

  /** The bytes of a shard. */
  static byte[] compress(int batch, List<IndexEntry> entries) {
    Checksum checksum = new CRC32C();
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      line(gzip, checksum, Json.bytes(new Head(RunContext.FORMAT, batch)));
      for (IndexEntry entry : entries) {
        line(gzip, checksum, Json.bytes(entry));
      }
      gzip.write(Json.bytes(new Tail(entries.size(), checksum.getValue())));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void line(GZIPOutputStream out, Checksum checksum, byte[] json)
      throws IOException {
    out.write(json);
    out.write('\n');
    checksum.update(json);
    checksum.update('\n');
  }

  private record Head(int format, int batch) {}

  private record Tail(int entries, long crc32c) {}

  /** Opens a shard and checks that it is this batch's. */
  static Shard open(int batch, InputStream body) {
    try {
      return checked(batch, new GZIPInputStream(body, 1 << 16));
    } catch (IOException e) {
      abandon(body, e);
      throw broken(batch, e);
    } catch (RuntimeException e) {
      abandon(body, e);
      throw e;
    }
  }

  private static void abandon(InputStream body, Exception why) {
    try {
      body.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static Shard checked(int batch, InputStream text) throws IOException {
    var shard =
        new Shard(batch, new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8)));
    String first = shard.line();
    shard.hash(first);
    Head head = record(first, Head.class);
    if (head.format() != RunContext.FORMAT) {
      throw new Refusal(
          "The shard of batch %d was written by another version (format %d, this version reads %d): start the run again."
              .formatted(batch, head.format(), RunContext.FORMAT));
    }
    if (head.batch() != batch) {
      throw new IllegalStateException(
          "the shard of batch %d says that it is of batch %d".formatted(batch, head.batch()));
    }
    return shard;
  }

  private static <T> T record(String line, Class<T> type) throws IOException {
    T record = Json.MAPPER.readValue(line, type);
    if (record == null) {
      throw new IOException("a line is no JSON object");
    }
    return record;
  }

  /**
   * The next entry; null behind the last one, when the checksum has been found right.
   *
   * @throws TransientFailure if the shard is torn
   */
  public IndexEntry next() {
    if (ended) {
      return null;
    }
    try {
      String text = line();
      if (text.startsWith(TAIL)) {
        Tail tail = Json.MAPPER.readValue(text, Tail.class);
        if (tail.entries() != read || checksum.getValue() != tail.crc32c()) {
          throw new IOException("its checksum does not fit");
        }
        ended = true;
        return null;
      }
      hash(text);
      read++;
      return record(text, IndexEntry.class);
    } catch (IOException e) {
      throw broken(batch, e);
    }
  }

  private String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("it ends too early");
    }
    return line;
  }

  private void hash(String line) {
    checksum.update(line.getBytes(StandardCharsets.UTF_8));
    checksum.update('\n');
  }

  private static TransientFailure broken(int batch, Exception cause) {
    return new TransientFailure(
        "The shard of batch %d cannot be read: %s.".formatted(batch, cause.getMessage()), cause);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw broken(batch, e);
    }
  }
}
