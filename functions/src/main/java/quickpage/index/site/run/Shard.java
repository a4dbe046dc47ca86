package quickpage.index.site.run;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.json.Smile;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Remedy;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.run.RunContext;

/**
 * Finished entries of an index, in the order of their names: those of one batch, or those that the
 * plan stage could make itself. A file of blocks, each with its length in bytes and its CRC-32C:
 * first a JSON object that says whose entries these are, then an entry a block in Smile (binary
 * JSON), and last an empty block with the number of entries and the CRC-32C of everything before
 * it, so that a torn shard never becomes half an index. Read one entry at a time.
 */
public final class Shard implements AutoCloseable {

  /** Far more than an entry needs; a damaged length must not ask for all memory. */
  private static final int LONGEST_BLOCK = 64 << 20;

  private static final ObjectWriter WRITER = Smile.MAPPER.writerFor(IndexEntry.class);
  private static final ObjectReader READER = Smile.MAPPER.readerFor(IndexEntry.class);

  private final String name;
  private final DataInputStream in;
  private final Checksum checksum = new CRC32C();
  private int read;
  private long total = -1;

  private Shard(String name, InputStream body) {
    this.name = name;
    this.in = new DataInputStream(new BufferedInputStream(body, 1 << 16));
  }

  /**
   * Whose entries a shard has.
   *
   * @param plan checksum of the plan that the batch is of; null in a shard that a plan itself wrote
   * @param batch number of the batch; null likewise
   */
  record Head(int format, String plan, Integer batch) {

    static final Head OF_A_PLAN = new Head(RunContext.FORMAT, null, null);

    static Head ofBatch(String plan, int batch) {
      return new Head(RunContext.FORMAT, plan, batch);
    }
  }

  /**
   * A shard's bytes.
   *
   * @param crc32c of all but the last block, in hexadecimal
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Encoded(byte[] bytes, int entries, String crc32c) {}

  static Encoded encode(Head head, List<IndexEntry> entries) {
    var bytes = new ByteArrayOutputStream(1 << 16);
    Checksum checksum = new CRC32C();
    try (var out = new DataOutputStream(bytes)) {
      writeBlock(out, checksum, Json.bytes(head));
      for (IndexEntry entry : entries) {
        writeBlock(out, checksum, WRITER.writeValueAsBytes(entry));
      }
      out.writeInt(0);
      out.writeInt(entries.size());
      out.writeLong(checksum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new Encoded(bytes.toByteArray(), entries.size(), hex(checksum.getValue()));
  }

  private static void writeBlock(DataOutputStream out, Checksum checksum, byte[] block)
      throws IOException {
    Checksum own = new CRC32C();
    own.update(block);
    out.writeInt(block.length);
    out.writeInt((int) own.getValue());
    out.write(block);
    checksum.update(block);
  }

  private static String hex(long crc32c) {
    return "%08x".formatted(crc32c);
  }

  /**
   * Opens a shard and checks whose it is.
   *
   * @param name for sentences: {@code The shard of batch 3}
   */
  static Shard open(String name, Head expected, InputStream body) {
    Shard shard = new Shard(name, body);
    try {
      Head head = Json.MAPPER.readValue(shard.block(), Head.class);
      if (head.format() != expected.format()) {
        throw new RefusedException(
            Remedy.LATER,
            "%s was written by another version (format %d, this version reads %d): start the run again."
                .formatted(name, head.format(), expected.format()));
      }
      if (!head.equals(expected)) {
        throw new IllegalStateException(
            "%s says that it is of plan %s and batch %s"
                .formatted(name, head.plan(), head.batch()));
      }
      return shard;
    } catch (IOException e) {
      shard.abandon(e);
      throw shard.broken(e);
    } catch (RuntimeException e) {
      shard.abandon(e);
      throw e;
    }
  }

  private void abandon(Exception why) {
    try {
      in.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** The next block; null if it is the empty one at the end. */
  private byte[] block() throws IOException {
    int length = in.readInt();
    if (length == 0) {
      return null;
    }
    if (length < 0 || length > LONGEST_BLOCK) {
      throw new IOException("a block of %d bytes".formatted(length));
    }
    int expected = in.readInt();
    byte[] block = in.readNBytes(length);
    if (block.length < length) {
      throw new EOFException();
    }
    Checksum own = new CRC32C();
    own.update(block);
    if ((int) own.getValue() != expected) {
      throw new IOException("its checksum does not fit");
    }
    checksum.update(block);
    return block;
  }

  /**
   * The next entry; null behind the last one, when the checksum has been found right.
   *
   * @throws TransientFailure if the shard is torn
   */
  public IndexEntry next() {
    if (total >= 0) {
      return null;
    }
    try {
      byte[] block = block();
      if (block == null) {
        if (in.readInt() != read || in.readLong() != checksum.getValue()) {
          throw new IOException("its checksum does not fit");
        }
        total = checksum.getValue();
        return null;
      }
      IndexEntry entry = READER.readValue(block);
      if (entry == null) {
        throw new IOException("a block is no entry");
      }
      read++;
      return entry;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Whether all entries have been read and are those of a planned shard. */
  public boolean isWhole(RunPlan.PlannedShard planned) {
    return total >= 0 && read == planned.entries() && hex(total).equals(planned.crc32c());
  }

  private TransientFailure broken(Exception cause) {
    String why = cause instanceof EOFException ? "it ends too early" : cause.getMessage();
    return new TransientFailure("%s cannot be read: %s.".formatted(name, why), cause);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw broken(e);
    }
  }
}
