package quickpage.index.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/**
 * Links from Details to other sites, for names that hold whatever means something in an address.
 */
class ElsewhereIT extends BrowserIT {
  private static String url;

  @BeforeAll
  static void write(@TempDir Path folder) throws IOException {
    url = DemoSite.write(folder, HostileEntries.all()).fileUrl();
  }

  private static void openDetails(String name) {
    page.open(url + "#q=" + java.net.URLEncoder.encode("syn " + name, StandardCharsets.UTF_8));
    driver.findElement(By.cssSelector(".card [data-details]")).click();
  }

  private static String link(String term) {
    return driver
        .findElement(By.xpath("//dt[.='" + term + "']/following-sibling::dd[1]//a"))
        .getDomAttribute("href");
  }

  private static List<String> query(String address) {
    return Arrays.stream(URI.create(address).getRawQuery().split("&"))
        .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"100%25#frag?query&amp;", "a+b,c;d=e@f", "LC10a/LC10b", "naïve", "two  spaces"})
  void aTypeLeadsToItsNeuronsAndItsFlyWireTypeToCodex(String name) {
    openDetails(name);

    assertThat(link("Neurons")).startsWith("https://neuprint.example.org/results?");
    assertThat(query(link("Neurons")))
        .contains(
            "dataset=male-cns:v0.9",
            "qt=findneurons",
            "qr[0][code]=fn",
            "qr[0][pm][dataset]=male-cns:v0.9",
            "qr[0][pm][neuron_name]=" + name);
    assertThat(link("FlyWire types")).startsWith("https://codex.flywire.ai/app/search?");
    assertThat(query(link("FlyWire types"))).contains("dataset=fafb");
    assertThat(query(link("FlyWire types")).get(1)).startsWith("filter_string=cell_type==fw ");
  }

  @Test
  void withoutAServerThatIsAWebsiteNothingLeadsToIt() {
    openDetails("naïve");
    driver.findElement(By.cssSelector("#details [data-close]")).click();
    page.js("delete document.body.dataset.neuprint");
    driver.findElement(By.cssSelector(".card [data-details]")).click();

    assertThat(driver.findElements(By.xpath("//dialog[@id='details']//dt[.='Neurons']"))).isEmpty();
  }
}
