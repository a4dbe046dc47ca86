package quickpage.index.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import quickpage.index.error.RefusedException;
import quickpage.index.io.InParallel;
import quickpage.index.local.UnusableFolderException;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRules;
import quickpage.index.model.TypeFacts;
import quickpage.index.model.roi.OwnPrimaryRois;
import quickpage.index.model.roi.PrimaryRois;
import quickpage.index.model.roi.RoiSummary;
import quickpage.index.neuprint.DatasetMeta;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.site.pages.Href;
import quickpage.index.site.pages.PageLayout;
import quickpage.index.site.pages.TypeFileName;

/**
 * Pages as a real site would have them: for each type of a dataset a combined page and one for each
 * side that has neurons, with numbers, links to each other and to the index, and a search box.
 */
final class SamplePages {

  private static final String STYLE = "static/sample/page.css";
  private static final String SCRIPT = "static/sample/page.js";

  /** Stands in every sample page. */
  private static final String FOOTER = "<footer><p>A sample page of ";

  /** As the old program's pages, and what its index lists. */
  private static final double ROI_THRESHOLD = 1.5;

  private final String dataset;
  private final Path site;
  private final PageLayout layout;
  private final String note;
  private OwnPrimaryRois own = OwnPrimaryRois.NONE;
  private final Set<String> pages = ConcurrentHashMap.newKeySet();

  private SamplePages(String dataset, Path site, PageLayout layout, String note) {
    this.dataset = dataset;
    this.site = site;
    this.layout = layout;
    this.note = note;
  }

  /**
   * Writes the pages of every type whose name can be a file's.
   *
   * @param note HTML that stands at the foot of every page
   * @return how many pages
   */
  static int write(NeuPrint neuPrint, String dataset, Path site, PageLayout layout, String note) {
    return new SamplePages(dataset, site, layout, note).write(neuPrint);
  }

  private int write(NeuPrint neuPrint) {
    try {
      Files.createDirectories(site.resolve(layout.folder()));
      copy("sample-page.css", STYLE);
      copy("sample-page.js", SCRIPT);
      neuPrint.checkDataset(dataset);
      describe(neuPrint);
      removeFormer();
    } catch (IOException e) {
      throw new RefusedException(UnusableFolderException.sentence(site, e), e);
    } catch (UncheckedIOException e) {
      throw new RefusedException(UnusableFolderException.sentence(site, e.getCause()), e);
    }
    return pages.size();
  }

  /** While NeuPrint is asked for the next types. */
  private void write(TypeFacts type) {
    for (String side : sides(type.counts()).keySet()) {
      String name = fileName(type, side);
      if (name.getBytes(StandardCharsets.UTF_8).length <= 255 && name.indexOf('\0') < 0) {
        try {
          FolderToWrite.write(site.resolve(layout.folder()).resolve(name), page(type, side));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        pages.add(name);
      }
    }
  }

  /** Sample pages of other types: of another dataset, or of names that were asked for before. */
  private void removeFormer() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(site.resolve(layout.folder()), "*.html")) {
      for (Path file : files) {
        if (!pages.contains(file.getFileName().toString())
            && Files.isRegularFile(file)
            && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(FOOTER)) {
          Files.delete(file);
        }
      }
    }
  }

  private void copy(String resource, String path) throws IOException {
    Path file = site.resolve(path);
    Files.createDirectories(file.getParent());
    try (InputStream in = SamplePages.class.getResourceAsStream(resource)) {
      Files.write(file, in.readAllBytes());
    }
  }

  private void describe(NeuPrint neuPrint) {
    // At once, for a server that has just started takes seconds to answer each.
    List<Object> answers =
        InParallel.map(
            List.<Supplier<Object>>of(
                () -> neuPrint.types(dataset),
                () -> neuPrint.meta(dataset),
                () -> neuPrint.sideProperties(dataset)),
            Supplier::get);
    TypeCensus census = (TypeCensus) answers.get(0);
    DatasetMeta meta = (DatasetMeta) answers.get(1);
    SideProperties sides = (SideProperties) answers.get(2);
    own = new OwnPrimaryRois(PrimaryRois.ownOf(dataset, meta.primaryRois(), meta.hierarchy()));
    neuPrint.describe(
        new TypeQuestion(
            census.version(),
            SideRules.of(dataset, sides.rootSide(), sides.somaSide(), sides.side()),
            PrimaryRois.of(dataset, meta.primaryRois(), meta.hierarchy()),
            census.neurons().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(type -> new TypeToAsk(type.getKey(), type.getValue(), true))
                .toList(),
            null,
            4,
            Instant.now().plus(Duration.ofMinutes(10))),
        new DescribeListener() {
          @Override
          public void described(List<TypeFacts> facts) {
            facts.forEach(type -> write(type));
          }

          @Override
          public void unavailable(String type, String reason) {
            // It has no pages then.
          }
        });
  }

  /** Neurons by the end of a page's name; the combined page first. */
  private static Map<String, Long> sides(SideCounts counts) {
    Map<String, Long> sides = new LinkedHashMap<>(Map.of("", counts.total()));
    sides.put("_L", counts.left());
    sides.put("_R", counts.right());
    sides.put("_M", counts.middle());
    sides.values().removeIf(neurons -> neurons == 0);
    return sides;
  }

  private static String fileName(TypeFacts type, String suffix) {
    return TypeFileName.of(type.type()) + suffix + ".html";
  }

  private static String label(String suffix) {
    return switch (suffix) {
      case "_L" -> "left";
      case "_R" -> "right";
      case "_M" -> "middle";
      default -> "all";
    };
  }

  private String page(TypeFacts type, String side) {
    String root = layout == PageLayout.NEUVIEW ? "../" : "";
    Map<String, Long> sides = sides(type.counts());
    String title = escaped(type.type()) + (side.isEmpty() ? "" : ", " + label(side));
    String links =
        sides.entrySet().stream()
            .map(
                one ->
                    one.getKey().equals(side)
                        ? "<strong>%s (%,d)</strong>".formatted(label(side), one.getValue())
                        : "<a href=\"%s\">%s (%,d)</a>"
                            .formatted(
                                escaped(Href.encode(fileName(type, one.getKey()))),
                                label(one.getKey()),
                                one.getValue()))
            .collect(Collectors.joining(" · "));
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <link rel="stylesheet" href="%2$s%3$s">
    <script defer src="%2$s%4$s"></script>
    </head>
    <body data-root="%2$s" data-pages="%5$s">
    <nav>
    <a href="%2$s%6$s">All types</a>
    <form class="search" role="search">
    <input id="search" type="search" aria-label="Search a type" placeholder="Search a type" autocomplete="off">
    </form>
    <ul id="found"></ul>
    </nav>
    <main>
    <h1>%1$s</h1>
    <p>%7$s</p>
    <table>
    <tr><th>Neurons<td class="number">%8$,d
    <tr><th>Presynaptic sites of the whole type<td class="number">%9$,d
    <tr><th>Postsynaptic sites of the whole type<td class="number">%10$,d
    %11$s</table>
    %12$s</main>
    %13$s%14$s. %15$s</footer>
    </body>
    </html>
    """
        .formatted(
            title,
            root,
            STYLE,
            SCRIPT,
            layout.folder(),
            layout == PageLayout.NEUVIEW ? "types.html" : "index.html",
            links,
            sides.get(side),
            type.synapses().pre(),
            type.synapses().post(),
            type.properties().classes().isEmpty()
                ? ""
                : "<tr><th>Class<td>%s\n"
                    .formatted(escaped(String.join(", ", type.properties().classes()))),
            rois(type),
            FOOTER,
            escaped(dataset),
            note);
  }

  private String rois(TypeFacts type) {
    String rows =
        RoiSummary.of(type.rois(), own, ROI_THRESHOLD, null).listed().stream()
            .filter(roi -> roi.share() != null)
            .map(
                roi ->
                    String.format(
                        Locale.ROOT,
                        "<tr><th>%s<td class=\"number\">%.1f %%<td class=\"number\">%.1f %%\n",
                        escaped(roi.name()),
                        roi.share().post(),
                        roi.share().pre()))
            .collect(Collectors.joining());
    return rows.isEmpty()
        ? ""
        : "<table>\n<tr><th>Region<th class=\"number\">input<th class=\"number\">output\n"
            + rows
            + "</table>\n";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
