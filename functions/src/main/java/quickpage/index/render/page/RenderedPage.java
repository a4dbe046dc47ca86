package quickpage.index.render.page;

import java.util.List;

/**
 * The page and the files it loads. The assets have to be in place before the page is switched.
 *
 * @param html the page itself, UTF-8; may be published under any plain name in the site root
 * @param assets every file the page loads or links under {@code static/index/}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RenderedPage(byte[] html, List<PageAsset> assets) {

  /** For the {@code Content-Type} header of the page. */
  public static final String HTML_CONTENT_TYPE = "text/html; charset=utf-8";

  public RenderedPage {
    assets = List.copyOf(assets);
  }
}
