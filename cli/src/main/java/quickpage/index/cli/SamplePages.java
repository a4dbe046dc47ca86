package quickpage.index.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quickpage.index.local.UnusableFolder;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Refusal;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRules;
import quickpage.index.model.TypeFacts;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.SideProperties;
import quickpage.index.neuprint.TypeCensus;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.site.PageLayout;
import quickpage.index.site.TypeFileName;

/**
 * Pages as a real site would have them: for each type of a dataset a combined page and one for each
 * side that has neurons. They hold no more than their title and a way back.
 */
final class SamplePages {

  private SamplePages() {}

  /**
   * Writes the pages of every type whose name can be a file's.
   *
   * @return how many pages
   */
  static int write(NeuPrint neuPrint, String dataset, Path site, PageLayout layout) {
    List<TypeFacts> types = describe(neuPrint, dataset, List.of());
    Path folder = site.resolve(layout.folder());
    Set<String> pages = new HashSet<>();
    try {
      Files.createDirectories(folder);
      for (TypeFacts type : types) {
        for (String suffix : suffixes(type.counts())) {
          String name = TypeFileName.of(type.type()) + suffix + ".html";
          if (name.getBytes(StandardCharsets.UTF_8).length <= 255 && name.indexOf('\0') < 0) {
            FolderToWrite.write(folder.resolve(name), page(type.type() + suffix, layout));
            pages.add(name);
          }
        }
      }
    } catch (IOException e) {
      throw new Refusal(UnusableFolder.sentence(site, e), e);
    }
    return pages.size();
  }

  /**
   * Every type of a dataset.
   *
   * @param rois the ROIs to sum synapses by; none if empty
   */
  static List<TypeFacts> describe(NeuPrint neuPrint, String dataset, List<String> rois) {
    neuPrint.checkDataset(dataset);
    TypeCensus census = neuPrint.types(dataset);
    SideProperties sides = neuPrint.sideProperties(dataset);
    DatasetVersion version = census.version();
    List<TypeFacts> types = new ArrayList<>();
    neuPrint.describe(
        new TypeQuestion(
            version,
            SideRules.of(dataset, sides.rootSide(), sides.somaSide(), sides.side()),
            rois,
            census.neurons().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(type -> new TypeToAsk(type.getKey(), type.getValue(), !rois.isEmpty()))
                .toList(),
            null,
            4,
            Instant.now().plus(Duration.ofMinutes(10))),
        new DescribeListener() {
          @Override
          public void described(List<TypeFacts> facts) {
            types.addAll(facts);
          }

          @Override
          public void unavailable(String type, String reason) {
            // It has no pages then.
          }
        });
    types.sort(Comparator.comparing(TypeFacts::type));
    return types;
  }

  private static List<String> suffixes(SideCounts counts) {
    List<String> suffixes = new ArrayList<>(List.of(""));
    if (counts.left() > 0) {
      suffixes.add("_L");
    }
    if (counts.right() > 0) {
      suffixes.add("_R");
    }
    if (counts.middle() > 0) {
      suffixes.add("_M");
    }
    return suffixes;
  }

  private static String page(String title, PageLayout layout) {
    String escaped =
        title
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
    String back = layout == PageLayout.NEUVIEW ? "../types.html" : "index.html";
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <title>%s</title>
    <h1>%s</h1>
    <p>A sample page. <a href="%s">All types</a>
    </html>
    """
        .formatted(escaped, escaped, back);
  }
}
