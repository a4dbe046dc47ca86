package quickpage.index.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** JSON on one line, the same characters for the same value on every JDK. */
final class OutputJson {

  /** For files that are only ever read as JSON. */
  static final OutputJson PLAIN = new OutputJson(null);

  /**
   * For JSON inside a script: no {@code <}, so that it can neither end a script element nor begin a
   * comment, and no U+2028 or U+2029, which ended lines in string literals before ECMAScript 2019.
   */
  static final OutputJson SCRIPT_SAFE = new OutputJson(new ScriptEscapes());

  private final ObjectMapper mapper;

  private OutputJson(CharacterEscapes escapes) {
    // The JDK's own decimal form of a double changed in release 19; Jackson's writer is the same
    // everywhere.
    JsonFactory factory =
        new JsonFactoryBuilder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .characterEscapes(escapes)
            .build();
    mapper = JsonMapper.builder(factory).build();
  }

  String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot be written as JSON: " + value, e);
    }
  }

  /** The same in UTF-8; an unpaired surrogate, which UTF-8 cannot hold, as U+FFFD. */
  byte[] bytes(Object value) {
    // Jackson's own bytes have escapes where its text has the characters.
    String text = write(value);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    boolean isAscii = utf8.length == text.length();
    return isAscii ? utf8 : Utf8.bytes(text);
  }

  private static final class ScriptEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    private static final SerializableString LINE_SEPARATOR = new SerializedString("\\u2028");
    private static final SerializableString PARAGRAPH_SEPARATOR = new SerializedString("\\u2029");

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes['<'] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return switch (character) {
        case 0x2028 -> LINE_SEPARATOR;
        case 0x2029 -> PARAGRAPH_SEPARATOR;
        default -> null;
      };
    }
  }
}
