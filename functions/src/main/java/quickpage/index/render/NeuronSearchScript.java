package quickpage.index.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TypePages;
import quickpage.index.site.pages.Href;

/**
 * Writes {@code static/js/neuron-search.js}, the search box of pages in the QuickPage layout
 * (docs/index-semantics.md, "Files for existing pages"): the names and addresses of all types as
 * global constants, then the script that uses them.
 *
 * <p>Add all entries in the order of their names, then {@link #writeTo}.
 */
public final class NeuronSearchScript implements Closeable {

  private static final String AUTOCOMPLETE = "neuron-search.js";

  private final Spool neurons;
  private final List<String> names = new ArrayList<>();

  /**
   * Begins a script without neurons.
   *
   * @param spool a file for the waiting neurons, deleted on close
   */
  public NeuronSearchScript(Path spool) throws IOException {
    this.neurons = new Spool(spool);
  }

  /** Adds the next entry, whatever its status. */
  public void add(IndexEntry entry) throws IOException {
    names.add(entry.name());
    Urls urls = Urls.of(entry.pages());
    neurons.add(OutputJson.SCRIPT_SAFE.bytes(new Neuron(entry.name(), urls, urls.primary())));
  }

  /** Writes the whole script and leaves the stream open; ends the adding. */
  public void writeTo(OutputStream out) throws IOException {
    Writer text = Utf8.writer(out);
    text.write("const NEURON_TYPES_DATA = " + NameList.write(names) + ";\n");
    text.write("const NEURON_DATA = ");
    text.flush();
    neurons.writeArray(out);
    text.write(";\n");
    text.flush();
    try (InputStream autocomplete = NeuronSearchScript.class.getResourceAsStream(AUTOCOMPLETE)) {
      Objects.requireNonNull(autocomplete, AUTOCOMPLETE).transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    neurons.close();
  }

  private record Neuron(String name, Urls urls, @JsonProperty("primary_url") String primaryUrl) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Urls(String both, String left, String right, String middle) {

    static Urls of(TypePages pages) {
      return new Urls(
          url(pages.combined()), url(pages.left()), url(pages.right()), url(pages.middle()));
    }

    String primary() {
      return Stream.of(both, left, right, middle).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String url(String path) {
      return path == null ? null : Href.encode(path);
    }
  }
}
