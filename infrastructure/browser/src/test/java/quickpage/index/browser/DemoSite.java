package quickpage.index.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import quickpage.index.model.Facet;
import quickpage.index.model.IndexEntry;
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
    IndexPageBuilder builder =
        new IndexPageBuilder(
            PageSettings.DEFAULT.withFacets(
                List.of(new Facet("wanted", "<i>Wanted</i> & labelled"))));
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

  /**
   * The same with addresses of references, as the page finds them in the file of its types.
   *
   * @param references addresses by reference
   */
  static DemoSite write(Path folder, List<IndexEntry> entries, Map<String, String> references)
      throws IOException {
    DemoSite site = write(folder, entries);
    for (PageAsset asset : site.page().assets()) {
      if (asset.path().startsWith("static/index/types-")) {
        Files.write(folder.resolve(asset.path()), withReferences(asset.bytes(), references));
      }
    }
    return site;
  }

  /** The format is that of docs/page.md, "The columns". */
  private static byte[] withReferences(byte[] script, Map<String, String> references)
      throws IOException {
    String text = new String(script, StandardCharsets.UTF_8);
    int start = text.indexOf('"') + 1;
    int end = text.indexOf('"', start);
    byte[] unpacked =
        new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text.substring(start, end))))
            .readAllBytes();
    int length = ByteBuffer.wrap(unpacked).order(ByteOrder.LITTLE_ENDIAN).getInt();
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode columns = (ObjectNode) mapper.readTree(unpacked, 4, length);
    columns.set("references", mapper.valueToTree(references));
    byte[] json = mapper.writeValueAsBytes(columns);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(json.length).array());
      out.write(json);
      out.write(unpacked, 4 + length, unpacked.length - 4 - length);
    }
    String base64 = Base64.getEncoder().encodeToString(packed.toByteArray());
    return (text.substring(0, start) + base64 + text.substring(end))
        .getBytes(StandardCharsets.UTF_8);
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
