package quickpage.index.render.page;

import java.util.ArrayList;
import java.util.List;
import quickpage.index.model.IndexEntry;
import quickpage.index.model.TypePages;
import quickpage.index.site.pages.Href;

/** The links of the list for readers without JavaScript; public for the template. */
public final class PlainList {

  /**
   * One type of the list.
   *
   * @param pages its pages, combined first
   */
  public record Line(String name, List<Link> pages) {}

  /**
   * A page of a type.
   *
   * @param label what the page shows: all, left, right, middle
   * @param href percent-encoded, relative to {@code static/index/} or beginning at another site
   */
  public record Link(String label, String href) {}

  private final List<Line> lines = new ArrayList<>();

  private final String base;

  /**
   * An empty list.
   *
   * @param base where links begin; "" for the site that the list is in
   */
  PlainList(String base) {
    this.base = base.isEmpty() ? "../../" : base;
  }

  void add(IndexEntry entry) {
    TypePages pages = entry.pages();
    List<Link> links = new ArrayList<>(2);
    addLink(links, "all", pages.combined());
    addLink(links, "left", pages.left());
    addLink(links, "right", pages.right());
    addLink(links, "middle", pages.middle());
    lines.add(new Line(entry.name(), links));
  }

  private void addLink(List<Link> links, String label, String path) {
    if (path != null) {
      links.add(new Link(label, base + Href.encode(path)));
    }
  }

  List<Line> links() {
    return lines;
  }
}
