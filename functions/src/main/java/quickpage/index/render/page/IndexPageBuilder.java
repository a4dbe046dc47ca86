package quickpage.index.render.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import quickpage.index.model.IndexEntry;

/**
 * Builds the index page from the entries of a run: {@link #add} for each entry in name order, then
 * {@link #finish} once. The same input gives the same bytes. Not safe for several threads.
 */
public final class IndexPageBuilder {
  private static final String FOLDER = "static/index/";

  private final PageSettings settings;
  private final TypeColumns columns;
  private final PlainList plainList;

  public IndexPageBuilder(PageSettings settings) {
    this.settings = settings;
    this.columns = new TypeColumns(settings.facets(), settings.look().references());
    this.plainList = new PlainList(settings.base());
  }

  /** Adds one type; entries come in the order of their names by Unicode code point. */
  public void add(IndexEntry entry) {
    columns.add(entry);
    plainList.add(entry);
  }

  /** The page and its files. */
  public RenderedPage finish(PageFacts facts) {
    TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    PageAsset style = asset("page", "css", "text/css; charset=utf-8", PageSources.style());
    PageAsset script = asset("page", "js", "text/javascript; charset=utf-8", PageSources.script());
    PageAsset types = asset("types", "js", "text/javascript; charset=utf-8", typesScript(facts));
    PageAsset list =
        asset(
            "list",
            "html",
            RenderedPage.HTML_CONTENT_TYPE,
            render(templates, "list.jte", Map.of("links", plainList.links())));

    Map<String, Object> parameters = new HashMap<>();
    parameters.put("facts", facts);
    parameters.put("look", settings.look());
    parameters.put("menu", settings.menu());
    parameters.put("analyticsHost", settings.analyticsHost());
    parameters.put("types", columns.size());
    parameters.put("generatedAt", facts.generatedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    parameters.put("stylePath", style.path());
    parameters.put("scriptPath", script.path());
    parameters.put("typesPath", types.path());
    parameters.put("listPath", list.path());
    String theme = PageSources.themeScript();
    parameters.put("themeScript", theme);
    parameters.put(
        "themeHash",
        Base64.getEncoder().encodeToString(sha256(theme.getBytes(StandardCharsets.UTF_8))));
    byte[] html = render(templates, "index.jte", parameters);
    return new RenderedPage(html, List.of(style, script, types, list));
  }

  private static byte[] render(
      TemplateEngine templates, String name, Map<String, Object> parameters) {
    Utf8ByteOutput out = new Utf8ByteOutput();
    templates.render(name, parameters, out);
    return out.toByteArray();
  }

  /**
   * The columns as a script that a page opened from disk can load too: zlib, then Base64, because
   * S3 does not compress. Base64's letters cannot end a string or a script element.
   */
  private byte[] typesScript(PageFacts facts) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try {
      columns.write(compressed, settings, RoiDescriptions.byCleanName(facts.roiDescriptions()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compress the page's columns", e);
    }
    String text = Base64.getEncoder().encodeToString(compressed.toByteArray());
    return ("globalThis.quickpageIndexTypes=\"" + text + "\";\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static PageAsset asset(String name, String extension, String contentType, byte[] bytes) {
    return new PageAsset(FOLDER + name + "-" + hash(bytes) + "." + extension, contentType, bytes);
  }

  /** 80 bits are plenty to tell the versions of one site's files apart. */
  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes), 0, 10);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
