package quickpage.index.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.Refusal;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypePages;

class ShardTest {

  private static final List<IndexEntry> ENTRIES =
      List.of(entry("LC10a"), entry("name\nof two lines\u2028"), entry("🧠\"\\"), entry("entries"));

  private static IndexEntry entry(String name) {
    return IndexEntry.withoutNeurons(name, new TypePages(name + ".html", null, null, null));
  }

  private static List<IndexEntry> read(int batch, byte[] bytes) {
    List<IndexEntry> entries = new ArrayList<>();
    try (Shard shard = Shard.open(batch, new ByteArrayInputStream(bytes))) {
      IndexEntry entry;
      while ((entry = shard.next()) != null) {
        entries.add(entry);
      }
      assertThat(shard.next()).isNull();
    }
    return entries;
  }

  private static String text(byte[] shard) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(shard))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void whatIsWrittenIsReadInItsOrder() {
    assertThat(read(7, Shard.compress(7, ENTRIES))).isEqualTo(ENTRIES);
    assertThat(read(0, Shard.compress(0, List.of()))).isEmpty();
  }

  @Test
  void theSameEntriesGiveTheSameBytes() {
    assertThat(Shard.compress(7, ENTRIES)).isEqualTo(Shard.compress(7, ENTRIES));
  }

  @Test
  void aShardTornAtAnyByteIsReadAgain() {
    byte[] whole = Shard.compress(7, ENTRIES);
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(7, torn))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(TransientFailure.class)
          .hasMessageStartingWith("The shard of batch 7 cannot be read: ");
    }
  }

  @Test
  void aShardWithAnyByteChangedIsNeverReadAsAnother() {
    byte[] whole = Shard.compress(7, ENTRIES);
    // Bytes 4 to 9 of a gzip header (time, flags for extraction, system) mean nothing here.
    for (int at = 10; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x10;
      try {
        // Some bits mean nothing in a compressed stream; whatever is read is what was written.
        assertThat(read(7, changed)).as("byte %d", at).isEqualTo(ENTRIES);
      } catch (TransientFailure | Refusal | IllegalStateException damage) {
        assertThat(damage).hasMessageContaining("batch 7");
      }
    }
  }

  @Test
  void entriesUnderAnotherChecksumAreDamaged() {
    String text = text(Shard.compress(7, ENTRIES)).replace("LC10a.html", "LC10b.html");

    assertThatThrownBy(() -> read(7, gzip(text)))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void anEntryTooFewIsDamage() {
    String[] lines = text(Shard.compress(7, ENTRIES)).split("\n", -1);
    String without = String.join("\n", lines[0], lines[1], lines[2], lines[lines.length - 1]);

    assertThatThrownBy(() -> read(7, gzip(without))).isInstanceOf(TransientFailure.class);
  }

  @Test
  void aLineThatIsNoEntryIsDamageAndNoEnd() {
    String head = text(Shard.compress(7, List.of())).lines().findFirst().orElseThrow();

    for (String line : List.of("null", "[]", "{\"status\": \"other\"}", "", "{\"entries\":null}")) {
      assertThatThrownBy(() -> read(7, gzip(head + "\n" + line + "\n")))
          .as(line)
          .isInstanceOf(TransientFailure.class);
    }
  }

  @Test
  void theShardOfAnotherBatchIsADefect() {
    byte[] other = Shard.compress(8, ENTRIES);

    assertThatThrownBy(() -> read(7, other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the shard of batch 7 says that it is of batch 8");
  }

  @Test
  void anotherFormatIsRefusedInASentence() {
    String text = text(Shard.compress(7, ENTRIES)).replace("\"format\":1", "\"format\":2");

    assertThatThrownBy(() -> read(7, gzip(text)))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "The shard of batch 7 was written by another version (format 2, this version reads 1):"
                + " start the run again.");
  }

  @Test
  void aShardThatCannotBeOpenedIsClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream body =
        new ByteArrayInputStream(Shard.compress(8, ENTRIES)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    assertThatThrownBy(() -> Shard.open(7, body)).isInstanceOf(IllegalStateException.class);
    assertThat(closed).isTrue();
  }
}
