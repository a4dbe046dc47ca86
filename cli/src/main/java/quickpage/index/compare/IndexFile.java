package quickpage.index.compare;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;

/**
 * An {@code index.json} that is read type by type: two of them as trees would be more than the
 * memory of a command.
 */
public final class IndexFile implements Closeable {

  private static final String TYPES = "types";

  private final String source;
  private final JsonParser json;
  private final ObjectNode fields = Json.MAPPER.createObjectNode();
  private final Set<String> names = new HashSet<>();
  private boolean hasTypes;
  private Place place = Place.BEGINNING;

  /** What is read next. */
  private enum Place {
    BEGINNING,
    FIELDS,
    TYPES,
    END
  }

  private IndexFile(String source, JsonParser json) {
    this.source = source;
    this.json = json;
  }

  /** Something that reads. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Opens it.
   *
   * @param source path or URL
   * @throws RefusedException if there is none
   */
  public static IndexFile open(String source) {
    boolean url = source.startsWith("http://") || source.startsWith("https://");
    return reading(
        source,
        () -> {
          InputStream in = url ? download(source) : Files.newInputStream(path(source));
          return new IndexFile(source, Json.MAPPER.createParser(in));
        });
  }

  private static Path path(String source) {
    try {
      return Path.of(source);
    } catch (InvalidPathException e) {
      throw new RefusedException("%s is not a path.".formatted(source), e);
    }
  }

  /** Whoever closes the body closes the connection. */
  @SuppressWarnings("resource")
  private static InputStream download(String url) throws IOException {
    var response =
        new OkHttpClient()
            .newCall(new Request.Builder().url(URI.create(url).toURL()).build())
            .execute();
    if (!response.isSuccessful()) {
      response.close();
      throw new RefusedException("%s answers %d.".formatted(url, response.code()));
    }
    return response.body().byteStream();
  }

  private static <T> T reading(String source, Reading<T> reading) {
    try {
      return reading.read();
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " (line %d)".formatted(e.getLocation().getLineNr());
      throw new RefusedException(
          "%s is not JSON%s: %s.".formatted(source, where, e.getOriginalMessage()), e);
    } catch (NoSuchFileException e) {
      throw new RefusedException("There is no file %s.".formatted(source), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException("%s cannot be read: %s.".formatted(source, e.getMessage()), e);
    }
  }

  /**
   * The next type's entry; null after the last.
   *
   * @throws RefusedException if the file is no index
   */
  public JsonNode nextType() {
    return reading(source, this::next);
  }

  /** All fields but the types, once there is no further type. */
  ObjectNode fields() {
    return fields;
  }

  private JsonNode next() throws IOException {
    if (place == Place.END) {
      return null;
    }
    if (place == Place.BEGINNING) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new RefusedException("%s is no index: it is no JSON object.".formatted(source));
      }
      place = Place.FIELDS;
    }
    while (true) {
      if (place == Place.TYPES) {
        if (json.nextToken() != JsonToken.END_ARRAY) {
          return type();
        }
        place = Place.FIELDS;
      }
      if (json.nextToken() == JsonToken.END_OBJECT) {
        end();
        return null;
      }
      String name = json.currentName();
      if (json.nextToken() == JsonToken.START_ARRAY && name.equals(TYPES)) {
        hasTypes = true;
        place = Place.TYPES;
      } else {
        fields.set(name, json.<JsonNode>readValueAsTree());
      }
    }
  }

  private void end() throws IOException {
    place = Place.END;
    if (json.nextToken() != null) {
      throw new RefusedException(
          "%s is not JSON: something follows its end in line %d."
              .formatted(source, json.currentTokenLocation().getLineNr()));
    }
    if (!hasTypes) {
      throw new RefusedException(
          "%s is JSON, but no index: it has no list \"types\".".formatted(source));
    }
  }

  private JsonNode type() throws IOException {
    int line = json.currentTokenLocation().getLineNr();
    JsonNode type = json.readValueAsTree();
    JsonNode name = type.path("name");
    if (!name.isTextual() || !names.add(name.textValue())) {
      throw new RefusedException(
          "%s is JSON, but no index: the type in line %d %s."
              .formatted(
                  source,
                  line,
                  name.isTextual()
                      ? "has the name of another, " + name.textValue()
                      : "has no name"));
    }
    return type;
  }

  @Override
  public void close() {
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
