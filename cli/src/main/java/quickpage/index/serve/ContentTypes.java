package quickpage.index.serve;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What browsers are told that files are, by the ends of their names. */
final class ContentTypes {

  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("htm", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("xml", "application/xml"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("md", "text/plain; charset=utf-8"),
          Map.entry("csv", "text/csv; charset=utf-8"),
          Map.entry("tsv", "text/tab-separated-values; charset=utf-8"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff", "font/woff"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("ttf", "font/ttf"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"));

  /** What CloudFront compresses, as far as it is above; the others are compressed already. */
  private static final Set<String> COMPRESSIBLE =
      Set.of(
          "html", "htm", "css", "js", "mjs", "json", "map", "svg", "xml", "txt", "md", "csv", "tsv",
          "ttf", "wasm");

  private ContentTypes() {}

  static String of(String fileName) {
    return BY_EXTENSION.getOrDefault(extension(fileName), "application/octet-stream");
  }

  static boolean isHtml(String fileName) {
    return of(fileName).startsWith("text/html");
  }

  static boolean isCompressible(String fileName) {
    return COMPRESSIBLE.contains(extension(fileName));
  }

  private static String extension(String fileName) {
    return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
