package quickpage.index.site.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

public class IndexPagesTest {

  @Test
  void besideThePagesTheIndexIsIndexHtml() {
    assertThat(IndexPages.of(PageLayout.QUICKPAGE, null))
        .isEqualTo(new IndexPages("index.html", Optional.empty()));
  }

  @Test
  void aboveThePagesItIsWhatTheyLinkToAndWhatAServerOpens() {
    assertThat(IndexPages.of(PageLayout.NEUVIEW, null))
        .isEqualTo(new IndexPages("types.html", Optional.of("index.html")));
  }

  @Test
  void aChosenNameIsTheOnlyOne() {
    for (PageLayout layout : PageLayout.values()) {
      assertThat(IndexPages.of(layout, "catalogue.html"))
          .isEqualTo(new IndexPages("catalogue.html", Optional.empty()));
    }
  }
}
