package quickpage.index.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import quickpage.index.model.Facet;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.SiteLook;
import quickpage.index.render.page.IndexPageBuilder;
import quickpage.index.render.page.PageAsset;
import quickpage.index.render.page.PageFacts;
import quickpage.index.render.page.PageSettings;
import quickpage.index.render.page.RenderedPage;

/** A folder with the page in it, as a run would publish it. */
record DemoSite(Path folder, RenderedPage page) {

  static final PageFacts FACTS =
      new PageFacts(
          "https://neuprint.example.org",
          "male-cns:v0.9",
          "5e1b2c0f3a7d4e6f",
          "2026-03-02 14:11:07",
          Instant.parse("2026-11-22T10:00:00Z"),
          true,
          Map.of(
              "ME(R)",
              "Medulla",
              "ME(L)",
              "Medulla",
              "LO(R)",
              "Lobula",
              "OL(R)",
              "Optic lobe",
              "FB",
              "Fan-shaped body"));

  static DemoSite write(Path folder, List<IndexEntry> entries) throws IOException {
    return write(folder, entries, SiteLook.PLAIN);
  }

  /** The same with a bibliography: addresses by reference. */
  static DemoSite write(Path folder, List<IndexEntry> entries, Map<String, String> references)
      throws IOException {
    return write(folder, entries, new SiteLook(null, List.of(), List.of(), null, references));
  }

  /** The same with what a site's owner adds. */
  static DemoSite write(Path folder, List<IndexEntry> entries, SiteLook look) throws IOException {
    IndexPageBuilder builder =
        new IndexPageBuilder(
            PageSettings.DEFAULT
                .withLook(look)
                .withFacets(List.of(new Facet("wanted", "<i>Wanted</i> & labelled"))));
    entries.forEach(builder::add);
    RenderedPage page = builder.finish(FACTS);
    Files.createDirectories(folder);
    Files.write(folder.resolve("types.html"), page.html());
    for (PageAsset asset : page.assets()) {
      Path file = folder.resolve(asset.path());
      Files.createDirectories(file.getParent());
      Files.write(file, asset.bytes());
    }
    return new DemoSite(folder, page);
  }

  String fileUrl() {
    return folder.resolve("types.html").toUri().toString();
  }

  /** The files that the page loads, itself among them. */
  List<byte[]> loaded() {
    return Stream.concat(
            Stream.of(page.html()),
            page.assets().stream()
                .filter(asset -> !asset.path().endsWith(".html"))
                .map(PageAsset::bytes))
        .toList();
  }

  static long gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.size();
  }

  /** Writes the generated site to a folder, to be looked at. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    DemoSite site = write(folder, GeneratedEntries.of(Integer.parseInt(arguments[1]), 1));
    for (PageAsset asset : site.page().assets()) {
      System.out.printf("%,10d  %s%n", asset.bytes().length, asset.path());
    }
    System.out.println(site.fileUrl());
  }
}
