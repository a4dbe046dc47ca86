package quickpage.index.site.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypePages;

public class ShardTest {

  private static final Shard.Head HEAD = Shard.Head.ofBatch("0123", 7);

  private static final List<IndexEntry> ENTRIES =
      List.of(entry("LC10a"), entry("name\nof two lines\u2028"), entry("🧠\"\\"), entry("entries"));

  private static IndexEntry entry(String name) {
    return IndexEntry.withoutNeurons(name, new TypePages(name + ".html", null, null, null));
  }

  private static byte[] shard(Shard.Head head, List<IndexEntry> entries) {
    return Shard.encode(head, entries).bytes();
  }

  private static Shard open(byte[] bytes) {
    return Shard.open("The shard of batch 7", HEAD, new ByteArrayInputStream(bytes));
  }

  private static List<IndexEntry> read(byte[] bytes) {
    List<IndexEntry> entries = new ArrayList<>();
    try (Shard shard = open(bytes)) {
      IndexEntry entry;
      while ((entry = shard.next()) != null) {
        entries.add(entry);
      }
      assertThat(shard.next()).isNull();
    }
    return entries;
  }

  /** A shard whose blocks are all right but for what they hold. */
  private static byte[] ofBlocks(int entries, byte[]... blocks) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    CRC32C all = new CRC32C();
    for (byte[] block : blocks) {
      CRC32C own = new CRC32C();
      own.update(block);
      out.writeInt(block.length);
      out.writeInt((int) own.getValue());
      out.write(block);
      all.update(block);
    }
    out.writeInt(0);
    out.writeInt(entries);
    out.writeLong(all.getValue());
    return bytes.toByteArray();
  }

  @Test
  void whatIsWrittenIsReadInItsOrder() {
    assertThat(read(shard(HEAD, ENTRIES))).isEqualTo(ENTRIES);
    assertThat(read(shard(HEAD, List.of()))).isEmpty();
  }

  @Test
  void theSameEntriesGiveTheSameBytes() {
    assertThat(shard(HEAD, ENTRIES)).isEqualTo(shard(HEAD, ENTRIES));
  }

  @Test
  void aNameWithAnUnpairedSurrogateIsWrittenWithAReplacement() {
    assertThat(read(shard(HEAD, List.of(entry("a\ud800b")))))
        .extracting(IndexEntry::name)
        .containsExactly("a\ufffdb");
  }

  @Test
  void aShardTornAtAnyByteIsReadAgain() {
    byte[] whole = shard(HEAD, ENTRIES);
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(torn))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(TransientFailure.class)
          .hasMessageStartingWith("The shard of batch 7 cannot be read: ");
    }
  }

  @Test
  void aShardWithAnyBitChangedIsNeverRead() {
    byte[] whole = shard(HEAD, ENTRIES);
    for (int at = 0; at < whole.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = whole.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> read(changed))
            .as("bit %d of byte %d", bit, at)
            .isInstanceOf(TransientFailure.class);
      }
    }
  }

  @Test
  void anEntryTooFewIsDamage() throws IOException {
    assertThatThrownBy(() -> read(ofBlocks(1, Json.bytes(HEAD))))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{\"status\": \"other\"}", "7"})
  void aBlockThatIsNoEntryIsDamageAndNoEnd(String json) throws IOException {
    byte[] block = new SmileMapper().writeValueAsBytes(Json.MAPPER.readTree(json));

    assertThatThrownBy(() -> read(ofBlocks(1, Json.bytes(HEAD), block)))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void theShardOfAnotherBatchOrPlanIsADefect() {
    assertThatThrownBy(() -> read(shard(Shard.Head.ofBatch("0123", 8), ENTRIES)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The shard of batch 7 says that it is of plan 0123 and batch 8");
    assertThatThrownBy(() -> read(shard(Shard.Head.ofBatch("4567", 7), ENTRIES)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> read(shard(Shard.Head.OF_A_PLAN, ENTRIES)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherFormatIsRefusedInASentence() throws IOException {
    byte[] head = Json.bytes(Map.of("format", 1, "plan", "0123", "batch", 7));

    assertThatThrownBy(() -> read(ofBlocks(0, head)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The shard of batch 7 was written by another version (format 1, this version reads 3):"
                + " start the run again.");
  }

  @Test
  void aShardThatCannotBeOpenedIsClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream body =
        new ByteArrayInputStream(shard(Shard.Head.OF_A_PLAN, ENTRIES)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThatThrownBy(() -> Shard.open("The shard", HEAD, body))
        .isInstanceOf(IllegalStateException.class);
    assertThat(closed).isTrue();
  }
}
