package quickpage.index.site.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.SiteLook;

/** What a deployment's parameters say of the index page. */
class DeploymentsSettingsTest {

  @Test
  void emptyParametersSayNothing() {
    assertThat(DeploymentsSettings.of("", "", "")).isEqualTo(SiteSettings.NONE);
  }

  @Test
  void readsTitleLinksAndScript() {
    assertThat(
            DeploymentsSettings.of(
                "My fly",
                "Lab=https://lab.example/?a=b, Methods of ours = docs/methods.html",
                "https://stats.example/a.js"))
        .isEqualTo(
            new SiteSettings(
                "My fly",
                List.of(
                    new SiteLook.Link("Lab", "https://lab.example/?a=b"),
                    new SiteLook.Link("Methods of ours", "docs/methods.html")),
                "https://stats.example/a.js"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "''|Lab|''|PageLinks must be TEXT=ADDRESS, separated by commas, each address https, http or"
            + " relative to the index page, not \"Lab\".",
        "''|a=b.html,|''|PageLinks must be TEXT=ADDRESS",
        "''|=b.html|''|PageLinks must be TEXT=ADDRESS",
        "''|Lab=javascript:alert(1)|''|PageLinks must be TEXT=ADDRESS",
        "''|Lab=//lab.example/|''|PageLinks must be TEXT=ADDRESS",
        "''|a=a,a=a,a=a,a=a,a=a,a=a,a=a,a=a,a=a,a=a,a=a,a=a,a=a|''|PageLinks must be at most 12"
            + " links, not \"13\".",
        "''|''|http://stats.example/a.js|AnalyticsScript must be the https address of a script,"
            + " without a query, not \"http://stats.example/a.js\".",
        "''|''|https://stats.example/a.js?site=1|AnalyticsScript must be",
      })
  void refusesWhatDoesNotFitAndNamesTheParameter(
      String title, String links, String analytics, String sentence) {
    assertThatThrownBy(() -> DeploymentsSettings.of(title, links, analytics))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The deployment's " + sentence);
  }

  @Test
  void refusesATitleThatIsTooLong() {
    assertThatThrownBy(() -> DeploymentsSettings.of("t".repeat(201), "", ""))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The deployment's PageTitle must be a text of one line");
  }
}
