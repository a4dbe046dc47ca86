package quickpage.index.render;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 for text that comes from a database and may hold anything. */
final class Utf8 {

  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

  private Utf8() {}

  /** A text's bytes; an unpaired surrogate as {@link #writer} writes it. */
  static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream();
    try (Writer writer = writer(bytes)) {
      writer.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes an unpaired surrogate, which UTF-8 cannot hold, as U+FFFD: one broken annotation must
   * not cost the whole index.
   */
  static Writer writer(OutputStream out) {
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(REPLACEMENT);
    return new BufferedWriter(new OutputStreamWriter(out, encoder));
  }
}
