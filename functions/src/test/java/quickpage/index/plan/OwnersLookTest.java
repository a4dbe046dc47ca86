package quickpage.index.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.lease.RunCoordination;
import quickpage.index.model.SiteLook;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.store.Content;
import quickpage.index.site.store.SiteStores;

/** What a run takes from the owner of the site to the page. */
class OwnersLookTest extends PlanUnderTest {

  private static final SiteLook.Link HOME = new SiteLook.Link("Home", "index.html");
  private static final SiteLook.Link ABOUT = new SiteLook.Link("About", "help.html");

  private static final Defaults PARAMETERS =
      Json.convert(
          Json.MAPPER.valueToTree(
              Map.of(
                  "page",
                  Map.of(
                      "title", "From the stack",
                      "links", "Lab=lab.html",
                      "analytics", "https://stats.example/s.js"))),
          Defaults.class);

  @BeforeEach
  void aType() {
    type("A", 1);
  }

  private void file(String path, String text) {
    store.objects.put(path, text.getBytes(UTF_8));
  }

  private SiteLook look(Defaults defaults) {
    stage(store, cache).run(request(options(), DATASET, defaults), DEADLINE);
    return folder.plan().look();
  }

  private SiteLook look() {
    return look(Defaults.NONE);
  }

  @Test
  void nothingIsAddedWhereNobodySaysAnything() {
    assertThat(look()).isEqualTo(SiteLook.PLAIN);
  }

  @Test
  void theDeploymentsParametersCount() {
    assertThat(look(PARAMETERS))
        .isEqualTo(
            new SiteLook(
                "From the stack",
                List.of(),
                List.of(new SiteLook.Link("Lab", "lab.html")),
                "https://stats.example/s.js",
                Map.of()));
  }

  @Test
  void whatTheSitesOwnFileSaysCountsMore() {
    file("quickpage-index.json", "{\"title\": \"From the site\", \"links\": []}");

    assertThat(look(PARAMETERS))
        .isEqualTo(
            new SiteLook(
                "From the site", List.of(), List.of(), "https://stats.example/s.js", Map.of()));
  }

  @Test
  void theBibliographyIsTheSitesOwnOrTheOneThatWasChosen() {
    file("quickpage-index-references.csv", "Nern 2025,https://site.example/\n");
    assertThat(look().references())
        .containsExactly(Map.entry("Nern 2025", "https://site.example/"));

    store.objects.keySet().removeIf(key -> key.startsWith(".quickpage-index/"));
    new PlanRun(
            SiteStores.of(bucket -> store),
            (deadline, address) -> neuPrint,
            cache,
            RunCoordination.NONE,
            Map.of("Aso 2014", "https://chosen.example/"),
            Clock.systemUTC())
        .run(request(options()), DEADLINE);
    assertThat(folder.plan().look().references())
        .containsExactly(Map.entry("Aso 2014", "https://chosen.example/"));
  }

  @Test
  void theMenuLeadsToPagesThatTheSiteHasOfItsOwn() {
    file("index.html", "neuView's");
    file("help.html", "neuView's");

    assertThat(look().ownPages()).containsExactly(HOME, ABOUT);
  }

  @Test
  void anIndexPageOfOursIsNoWayHomeAlsoWhereItsRecordIsGone() {
    Publications.of(store, "")
        .publish(
            new Publications.Release(
                "earlier",
                "2026-01-01T00:00:00Z",
                Map.of(),
                Map.of(
                    "data/index.json", Content.fixedName("{}".getBytes(UTF_8), "application/json"),
                    "index.html", Content.fixedName("ours".getBytes(UTF_8), "text/html")),
                "types.html",
                Content.fixedName("ours".getBytes(UTF_8), "text/html")),
            Optional.empty());
    assertThat(look().ownPages()).isEmpty();

    store.objects.keySet().removeIf(key -> key.startsWith(".quickpage-index/"));
    assertThat(look().ownPages()).isEmpty();
    // The name stays ours, but what lies there now is somebody else's.
    store.objects.keySet().removeIf(key -> key.startsWith(".quickpage-index/"));
    store.delete(List.of("index.html"));
    store.write("index.html", Content.fixedName("neuView's".getBytes(UTF_8), "text/html"));
    assertThat(look().ownPages()).containsExactly(HOME);
  }

  @Test
  void thePageThatIsTheIndexIsNoWayHome() {
    store.objects.clear();
    neuPrint.neurons.clear();
    neuPrint.neurons.put("B", 2L);
    file("B.html", "a page beside the index");
    file("index.html", "QuickPage's");
    file("help.html", "QuickPage's");
    assertThat(look().ownPages()).containsExactly(ABOUT);

    store.objects.keySet().removeIf(key -> key.startsWith(".quickpage-index/"));
    stage(store, cache).run(request(options().put("indexFile", "all.html")), DEADLINE);
    assertThat(folder.plan().look().ownPages()).containsExactly(HOME, ABOUT);
  }

  @Test
  void whatDoesNotFitIsRefusedAndPlansNothing() {
    file("quickpage-index.json", "{\"titel\": \"x\"}");

    assertThatThrownBy(this::plan)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "memory/quickpage-index.json has an unknown key titel; known there are: analytics,"
                + " links, title.");
    assertThat(folder.planIfThere()).isEmpty();
  }
}
