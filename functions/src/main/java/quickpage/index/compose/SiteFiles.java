package quickpage.index.compose;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import quickpage.index.compose.EntryFanOut.EntryWriter;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.run.RunContext;
import quickpage.index.model.run.Settings;
import quickpage.index.render.IndexJsonWriter;
import quickpage.index.render.IndexedDataset;
import quickpage.index.render.NeuronSearchScript;
import quickpage.index.render.NeuronsJsonWriter;
import quickpage.index.render.page.IndexPageBuilder;
import quickpage.index.render.page.PageAsset;
import quickpage.index.render.page.PageFacts;
import quickpage.index.render.page.PageSettings;
import quickpage.index.render.page.RenderedPage;
import quickpage.index.site.pages.IndexPages;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.Release;
import quickpage.index.site.store.Content;
import quickpage.index.text.VisibleText;

/** All files of one release of the index, written side by side while the entries pass once. */
final class SiteFiles implements AutoCloseable {

  private static final String INDEX = Publications.INDEX;
  private static final String SCHEMA = "data/index.schema.json";
  private static final String NEURONS = "data/neurons.json";
  private static final String NEURONS_SCRIPT = "data/neurons.js";
  private static final String SEARCH = "static/js/neuron-search.js";

  private static final String JSON = "application/json";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private final Path folder;
  private final RunContext context;
  private final PageSettings pageSettings;
  private final IndexJsonWriter index;
  private final NeuronsJsonWriter neurons;
  private final NeuronSearchScript search;
  private final EntryFanOut entries = new EntryFanOut();
  private final Future<Map<String, Content>> indexFile;
  private final Future<Map<String, Content>> searchFiles;
  private final Future<RenderedPage> page;

  SiteFiles(Path folder, RunContext context, PageLayout layout, PageSettings pageSettings) {
    this.folder = folder;
    this.pageSettings = pageSettings.withFacets(context.settings().options().facets());
    this.context = context;
    Instant generatedAt = Instant.parse(context.generatedAt());
    try {
      index = new IndexJsonWriter(generatedAt, dataset(context), folder.resolve("index.spool"));
      neurons = new NeuronsJsonWriter(generatedAt, folder.resolve("neurons.spool"));
      search =
          layout == PageLayout.QUICKPAGE
              ? new NeuronSearchScript(folder.resolve("search.spool"))
              : null;
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder cannot be written", e);
    }
    indexFile = entries.start(new IndexFile());
    searchFiles = entries.start(new SearchFiles());
    page = entries.start(new Page());
  }

  /** {@code data/index.json}. */
  private final class IndexFile implements EntryWriter<Map<String, Content>> {
    @Override
    public void add(IndexEntry entry) throws IOException {
      index.add(entry);
    }

    @Override
    public Map<String, Content> finish() throws IOException {
      return Map.of(INDEX, file("index.json", JSON, index::writeTo));
    }
  }

  /** What the search box of existing pages loads. */
  private final class SearchFiles implements EntryWriter<Map<String, Content>> {
    @Override
    public void add(IndexEntry entry) throws IOException {
      neurons.add(entry);
      if (search != null) {
        search.add(entry);
      }
    }

    @Override
    public Map<String, Content> finish() throws IOException {
      Map<String, Content> files = new LinkedHashMap<>();
      files.put(NEURONS, file("neurons.json", JSON, neurons::writeJson));
      files.put(NEURONS_SCRIPT, file("neurons.js", SCRIPT, neurons::writeScript));
      if (search != null) {
        files.put(SEARCH, file("search.js", SCRIPT, search::writeTo));
      }
      return files;
    }
  }

  /** The page and the files that it loads. */
  private final class Page implements EntryWriter<RenderedPage> {
    private final IndexPageBuilder builder = new IndexPageBuilder(pageSettings);

    @Override
    public void add(IndexEntry entry) {
      builder.add(entry);
    }

    @Override
    public RenderedPage finish() {
      return builder.finish(facts());
    }
  }

  /** Paths of the files with fixed names, but for the pages. */
  static List<String> paths(PageLayout layout) {
    List<String> paths = List.of(INDEX, SCHEMA, NEURONS, NEURONS_SCRIPT);
    return layout == PageLayout.QUICKPAGE
        ? Stream.concat(paths.stream(), Stream.of(SEARCH)).toList()
        : paths;
  }

  private static IndexedDataset dataset(RunContext context) {
    Settings settings = context.settings();
    return context.version() == null
        ? IndexedDataset.notAsked(settings.server(), settings.dataset())
        : IndexedDataset.of(settings.server(), context.version());
  }

  /** Adds the next entry, in the order of the names. */
  void add(IndexEntry entry) {
    entries.add(entry);
  }

  /** After the last entry: waits until all files are made. */
  void end() {
    entries.end();
  }

  /** Neurons of all entries; after the end. */
  long neurons() {
    return index.totals().neurons();
  }

  /**
   * The release, after the end. Its contents lie in the folder.
   *
   * @param second whether to write the page's second name, too
   */
  Release finish(IndexPages pages, boolean second) {
    Map<String, Content> files = new LinkedHashMap<>();
    files.putAll(EntryFanOut.result(indexFile));
    files.put(SCHEMA, Content.fixedName(schema(), "application/schema+json"));
    files.putAll(EntryFanOut.result(searchFiles));
    RenderedPage rendered = EntryFanOut.result(page);
    Map<String, Content> assets = new LinkedHashMap<>();
    for (PageAsset asset : rendered.assets()) {
      assets.put(asset.path(), Content.hashedName(asset.bytes(), asset.contentType()));
    }
    Content html = Content.fixedName(rendered.html(), RenderedPage.HTML_CONTENT_TYPE);
    if (second) {
      files.put(pages.second().orElseThrow(), html);
    }
    return new Release(context.run(), context.generatedAt(), assets, files, pages.page(), html);
  }

  private PageFacts facts() {
    Settings settings = context.settings();
    return new PageFacts(
        settings.server(),
        VisibleText.of(settings.dataset()),
        context.version() == null ? null : visible(context.version().uuid()),
        context.version() == null ? null : visible(context.version().lastDatabaseEdit()),
        Instant.parse(context.generatedAt()),
        settings.options().roiAnalysis(),
        context.roiDescriptions());
  }

  private static String visible(String text) {
    return text == null ? null : VisibleText.of(text);
  }

  private static byte[] schema() {
    try (InputStream in = IndexJsonWriter.class.getResourceAsStream("index.schema.json")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the schema cannot be read", e);
    }
  }

  /** Writes a whole file. */
  private interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  private Content file(String name, String contentType, Writer writer) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      writer.writeTo(out);
    }
    return Content.fixedName(file, contentType);
  }

  @Override
  public void close() {
    entries.close();
    try {
      index.close();
      neurons.close();
      if (search != null) {
        search.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder cannot be written", e);
    }
  }
}
