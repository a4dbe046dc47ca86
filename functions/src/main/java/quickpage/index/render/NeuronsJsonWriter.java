package quickpage.index.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TypePages;
import quickpage.index.site.pages.Href;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.text.WhiteSpace;

/**
 * Writes {@code data/neurons.json} and {@code data/neurons.js}, which existing pages load for their
 * search box (docs/index-semantics.md, "Files for existing pages"). Both hold the same object; the
 * script is for pages that are opened from disk, where nothing can be fetched.
 *
 * <p>Add all entries in the order of their names, then write either file or both.
 */
public final class NeuronsJsonWriter implements Closeable {

  /** The version that the pages' own scripts know the object by. */
  private static final String FORMAT_VERSION = "2.0";

  private static final DateTimeFormatter GENERATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Instant generatedAt;
  private final Spool neurons;
  private final List<String> names = new ArrayList<>();

  /**
   * Begins files without neurons.
   *
   * @param generatedAt when the run began; written to the second, in UTC
   * @param spool a file for the waiting neurons, deleted on close
   */
  public NeuronsJsonWriter(Instant generatedAt, Path spool) throws IOException {
    this.generatedAt = generatedAt;
    this.neurons = new Spool(spool);
  }

  /** Adds the next entry, whatever its status. */
  public void add(IndexEntry entry) throws IOException {
    names.add(entry.name());
    neurons.add(
        OutputJson.SCRIPT_SAFE.bytes(
            new Neuron(entry.name(), Urls.of(entry.pages()), OtherNames.of(entry))));
  }

  /** Writes {@code data/neurons.json} and leaves the stream open; ends the adding. */
  public void writeJson(OutputStream out) throws IOException {
    Writer text = Utf8.writer(out);
    writeObject(text, out);
    text.write("\n");
    text.flush();
  }

  /**
   * Writes {@code data/neurons.js} and leaves the stream open; ends the adding. A page that has
   * defined {@code window.neuronDataCallback} is handed the object, any other finds it as {@code
   * window.NEURON_DATA_FALLBACK}.
   */
  public void writeScript(OutputStream out) throws IOException {
    Writer text = Utf8.writer(out);
    text.write("(function (neurons) {\n");
    text.write("  if (typeof window.neuronDataCallback === \"function\") {\n");
    text.write("    window.neuronDataCallback(neurons);\n");
    text.write("  } else {\n");
    text.write("    window.NEURON_DATA_FALLBACK = neurons;\n");
    text.write("  }\n");
    text.write("})(");
    writeObject(text, out);
    text.write(");\n");
    text.flush();
  }

  private void writeObject(Writer text, OutputStream out) throws IOException {
    text.write("{\"names\":" + NameList.write(names));
    text.write(",\n\"neurons\":");
    text.flush();
    neurons.writeArray(out);
    text.write(",\n\"metadata\":");
    text.write(
        OutputJson.SCRIPT_SAFE.write(
            new Metadata(GENERATED.format(generatedAt), names.size(), FORMAT_VERSION)));
    text.write("}");
    text.flush();
  }

  @Override
  public void close() throws IOException {
    neurons.close();
  }

  private record Neuron(
      String name, Urls urls, @JsonInclude(JsonInclude.Include.NON_NULL) OtherNames types) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Urls(String combined, String left, String right, String middle) {

    static Urls of(TypePages pages) {
      return new Urls(
          url(pages.combined()), url(pages.left()), url(pages.right()), url(pages.middle()));
    }

    /** The pages add their own folder. */
    private static String url(String path) {
      String folder = PageLayout.NEUVIEW.folder();
      if (path == null) {
        return null;
      }
      return Href.encode(path.startsWith(folder) ? path.substring(folder.length()) : path);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record OtherNames(List<String> flywire, List<String> synonyms) {

    /** Null if the type has none. */
    static OtherNames of(IndexEntry entry) {
      List<String> flywire =
          entry.flywireTypes().stream().flatMap(value -> parts(value, ",")).toList();
      List<String> synonyms =
          entry.synonyms() == null
              ? List.of()
              : parts(entry.synonyms(), ";").filter(part -> !part.isEmpty()).toList();
      return flywire.isEmpty() && synonyms.isEmpty() ? null : new OtherNames(flywire, synonyms);
    }

    private static Stream<String> parts(String value, String separator) {
      return Stream.of(value.split(separator, -1)).map(WhiteSpace::strip);
    }
  }

  private record Metadata(
      String generated, @JsonProperty("total_types") int totalTypes, String version) {}
}
