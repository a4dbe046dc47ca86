package quickpage.index.browser;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.roi.RoiShare;

/**
 * A page of the kind that a template engine and a little script give: every type a card in the DOM,
 * some fifty elements each, and a filter that clones the cards that match. Only to compare with.
 */
final class OldKindPage {
  private OldKindPage() {}

  static void write(Path file, List<IndexEntry> entries) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          """
          <!doctype html><html lang="en"><head><meta charset="utf-8"><title>old kind</title>
          <style>
          body { font: 15px sans-serif; background: #f4f6f8; }
          #grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 12px; }
          .card { background: #fff; border: 1px solid #ddd; border-radius: 8px; padding: 12px; }
          .tag { background: #eaf1f8; border-radius: 4px; padding: 1px 6px; margin: 2px; display: inline-block; }
          dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 8px; margin: 4px 0; } dd { margin: 0; }
          </style></head><body>
          <input type="search" id="search"><select id="region"><option value="">all</option></select>
          <p id="count"></p><div id="grid">
          """);
      for (IndexEntry entry : entries) {
        writeCard(out, entry);
      }
      out.write(
          """
          </div><script>
          const grid = document.getElementById("grid");
          const all = [...grid.children];
          const search = document.getElementById("search");
          const region = document.getElementById("region");
          const regions = new Set(all.flatMap((card) => card.dataset.regions.split("|")));
          for (const name of [...regions].sort()) { region.add(new Option(name)); }
          function filter() {
            const text = search.value.toLowerCase();
            const shown = all.filter((card) => card.dataset.name.includes(text)
              && (!region.value || card.dataset.regions.split("|").includes(region.value)));
            grid.innerHTML = "";
            for (const card of shown) { grid.append(card.cloneNode(true)); }
            document.getElementById("count").textContent = shown.length;
          }
          search.addEventListener("input", filter);
          region.addEventListener("change", filter);
          </script></body></html>
          """);
    }
  }

  private static void writeCard(BufferedWriter out, IndexEntry entry) throws IOException {
    String name = escape(entry.name());
    out.write("<div class=card data-name=\"" + name.toLowerCase(java.util.Locale.ROOT) + "\"");
    out.write(" data-regions=\"" + String.join("|", entry.parentRois()) + "\">");
    out.write("<div><h3><a href=\"" + name + ".html\">" + name + "</a></h3><span></span></div>");
    out.write("<div><a href=\"" + name + "_L.html\"><span>L</span> <b>" + entry.counts().left());
    out.write(
        "</b></a> <a href=\"" + name + "_R.html\"><span>R</span> <b>" + entry.counts().right());
    out.write("</b></a></div><dl>");
    writeLine(out, "Cells", entry.counts().total());
    writeLine(out, "Neurotransmitter", entry.neurotransmitter().consensus());
    writeLine(out, "Predicted", entry.neurotransmitter().predicted());
    writeLine(out, "Superclass", entry.superclasses());
    writeLine(out, "Class", entry.classes());
    writeLine(out, "Subclass", entry.subclasses());
    writeLine(out, "Synonyms", entry.synonyms());
    writeLine(out, "FlyWire", entry.flywireTypes());
    writeLine(out, "Neuromere", entry.somaNeuromeres());
    writeLine(out, "Hemilineage", entry.hemilineages());
    out.write("</dl><div>");
    for (RoiShare roi : entry.rois()) {
      out.write("<span class=tag><i></i><b>" + escape(roi.name()) + "</b></span>");
    }
    out.write("</div></div>\n");
  }

  private static void writeLine(BufferedWriter out, String term, Object value) throws IOException {
    out.write(
        "<dt><i></i>" + term + "</dt><dd><span>" + escape(String.valueOf(value)) + "</span></dd>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
