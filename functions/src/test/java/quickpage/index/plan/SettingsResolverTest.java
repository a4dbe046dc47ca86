package quickpage.index.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.Facet;
import quickpage.index.model.Options;
import quickpage.index.model.run.Settings;

class SettingsResolverTest {

  private static final Defaults DEPLOYMENT =
      new Defaults(
          "https://neuprint.example/",
          "male-cns:v0.9",
          "my-site",
          "male-cns",
          "me@example.org",
          "",
          "",
          "",
          "neuprint-token",
          "authorities",
          "index-dev",
          "60",
          "true",
          "",
          "",
          null);

  /** As on one machine, where the input names everything. */
  private static final Defaults OPEN = defaults("", "d", "", "", "");

  private static Defaults defaults(
      String server, String dataset, String concurrency, String hours, String percentage) {
    return new Defaults(
        server,
        dataset,
        "b",
        "",
        "",
        concurrency,
        hours,
        percentage,
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        null);
  }

  @Test
  void namesThatAreNoPagesComeFromTheInputElseTheDeploymentElseTheUsual() {
    assertThat(resolve(DEPLOYMENT, "{}").options().ignorePages()).containsExactly("google*.html");
    assertThat(
            resolve(DEPLOYMENT, "{'options': {'ignorePages': ['draft-?.html', '*.tmp.html']}}")
                .options()
                .ignorePages())
        .containsExactly("draft-?.html", "*.tmp.html");
    assertThat(resolve(DEPLOYMENT, "{'options': {'ignorePages': []}}").options().ignorePages())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "types/*.html", "[a"})
  void refusesAPatternThatIsNone(String glob) {
    assertThatThrownBy(
            () -> resolve(DEPLOYMENT, "{'options': {'ignorePages': ['%s']}}".formatted(glob)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("options.ignorePages ")
        .hasMessageContaining("\"" + glob + "\"");
  }

  private static List<Facet> facets(String ofDeployment, String input) {
    Defaults defaults =
        new Defaults(
            "https://s", "d", "b", "", "", "", "", "", "", "", "", "", "", "", ofDeployment, null);
    return resolve(defaults, input).options().facets();
  }

  @Test
  void facetsComeFromTheInputElseTheDeployment() {
    String deployment = "cellBodyFiber=Cell body fiber,  order = Order (a=b) ";

    assertThat(facets("", "{}")).isEmpty();
    assertThat(facets(deployment, "{}"))
        .containsExactly(
            new Facet("cellBodyFiber", "Cell body fiber"), new Facet("order", "Order (a=b)"));
    assertThat(
            facets(
                deployment,
                "{'options': {'facets': [{'property': 'x_1', 'label': ' One, two '}]}}"))
        .containsExactly(new Facet("x_1", "One, two"));
    assertThat(facets(deployment, "{'options': {'facets': []}}")).isEmpty();
  }

  @Test
  void everyFacetThatCannotBeIsNamedInOneSentence() {
    String long61 = "l".repeat(61);
    assertThatThrownBy(
            () ->
                facets(
                    "",
                    "{'options': {'facets': [{'property': 'a b', 'label': 'A'},"
                        + " {'property': 'c', 'label': ' '}, {'property': 'd'}, null,"
                        + " {'property': 'c', 'label': 'C'},"
                        + " {'property': 'e', 'label': '%s'},".formatted(long61)
                        + " {'property': 'f', 'label': '\\u202e'}]}}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "options.facets must name properties of neurons, of letters, digits and underscores,"
                + " each with a label (on the command line --facet PROPERTY=LABEL): \"a b\" is no"
                + " property's name; \"c\" has no label; \"d\" has no label; one is no property's"
                + " name; one has no label; \"c\" is named twice; the label \"%s\" is not of at"
                    .formatted(long61)
                + " most 60 visible characters; the label \"\\u202e\" is not of at most 60 visible"
                + " characters.");
    assertThatThrownBy(() -> facets("a, =b, c=C", "{}"))
        .hasMessageStartingWith("The deployment's Facets must name")
        .hasMessageEndingWith(": \"a\" has no label; \"\" is no property's name.");
  }

  @Test
  void moreFacetsThanAPageHasRoomForAreRefused() {
    String twenty =
        IntStream.range(0, 20).mapToObj(i -> "p" + i + "=P").collect(Collectors.joining(","));

    assertThat(facets(twenty, "{}")).hasSize(20);
    assertThatThrownBy(() -> facets(twenty + ",p20=P", "{}"))
        .hasMessageEndingWith("there are 21, and at most 20 can be.");
  }

  private static Settings resolve(Defaults defaults, String input) {
    try {
      return new SettingsResolver(defaults)
          .resolve(RunInput.parse(new ObjectMapper().readTree(input.replace('\'', '"'))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Settings resolve(String input) {
    return resolve(DEPLOYMENT, input);
  }

  private static Defaults numbers(String concurrency, String hours, String percentage) {
    return defaults("https://s", "d", concurrency, hours, percentage);
  }

  @Test
  void anEmptyInputIsTheDeployment() {
    assertThat(resolve("{}"))
        .isEqualTo(
            new Settings(
                "my-site",
                "male-cns/",
                "https://neuprint.example",
                "male-cns:v0.9",
                "me@example.org",
                "neuprint-token",
                "authorities",
                "index-dev",
                new Options(
                    true,
                    1.5,
                    null,
                    1,
                    null,
                    20,
                    24,
                    false,
                    1,
                    null,
                    List.of("google*.html"),
                    List.of())));
  }

  @Test
  void theDeploymentsNumbersAreDefaultsThatAnInputReplaces() {
    Defaults defaults = numbers("8", "12.5", "0.5");

    Options own = resolve(defaults, "{}").options();
    Options given =
        resolve(
                defaults,
                "{'options': {'maxConcurrency': 3, 'cacheTtlHours': 1,"
                    + " 'toleratedFailurePercentage': 7}}")
            .options();

    assertThat(own.maxConcurrency()).isEqualTo(8);
    assertThat(own.cacheTtlHours()).isEqualTo(12.5);
    assertThat(own.toleratedFailurePercentage()).isEqualTo(0.5);
    assertThat(given.maxConcurrency()).isEqualTo(3);
    assertThat(given.cacheTtlHours()).isEqualTo(1);
    assertThat(given.toleratedFailurePercentage()).isEqualTo(7);
  }

  @Test
  void aDeploymentsParameterThatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> resolve(numbers("many", "", ""), "{}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The deployment's MaxConcurrency must be a number, not \"many\".");
    assertThatThrownBy(() -> resolve(numbers("2.5", "", ""), "{}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The deployment's MaxConcurrency must be a whole number, not \"2.5\".");
    assertThatThrownBy(() -> resolve(numbers("", "NaN", ""), "{}"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cacheTtlHours");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roiThreshold               | -0.1 | from 0 to 100, not -0.1",
        "roiThreshold               | 100.5 | from 0 to 100, not 100.5",
        "roiLimit                   | 0    | at least 1, not 0",
        "roiLimit                   | -3   | at least 1, not -3",
        "minNeuronsForRois          | -1   | from 0 to 2147483647, not -1",
        "typesPerQuery              | 0    | at least 1, not 0",
        "maxConcurrency             | 0    | from 1 to 40, not 0",
        "maxConcurrency             | 41   | from 1 to 40, not 41",
        "cacheTtlHours              | -1   | from 0 to 8760, not -1",
        "cacheTtlHours              | 1e308 | from 0 to 8760",
        "toleratedFailurePercentage | 101  | from 0 to 100, not 101",
        "toleratedFailurePercentage | -1   | from 0 to 100, not -1"
      })
  void aNumberOutOfItsRangeIsRefusedWithTheRange(String option, String value, String range) {
    assertThatThrownBy(() -> resolve("{'options': {'%s': %s}}".formatted(option, value)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("options.%s must be %s", option, range)
        .hasMessageEndingWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "roiThreshold, 0",
    "roiThreshold, 100",
    "roiLimit, 1",
    "minNeuronsForRois, 0",
    "typesPerQuery, 1",
    "maxConcurrency, 1",
    "maxConcurrency, 40",
    "cacheTtlHours, 0",
    "cacheTtlHours, 8760",
    "toleratedFailurePercentage, 0",
    "toleratedFailurePercentage, 100"
  })
  void theEndsOfARangeBelongToIt(String option, String value) {
    assertThat(resolve("{'options': {'%s': %s}}".formatted(option, value))).isNotNull();
  }

  @Test
  void anotherBucketOrServerThanTheDeploymentsIsRefusedByName() {
    assertThatThrownBy(() -> resolve("{'site': {'bucket': 'other'}}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "site.bucket \"other\" is not this deployment's bucket (my-site); another one needs a"
                + " deployment of its own.");
    assertThatThrownBy(() -> resolve("{'neuprint': {'server': 'https://evil.example'}}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "neuprint.server \"https://evil.example\" is not this deployment's server"
                + " (https://neuprint.example); another one needs a deployment of its own.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://neuprint.example.evil.example",
        "http://neuprint.example",
        "https://neuprint.example:8443",
        "https://neuprint.example/other"
      })
  void whatOnlyResemblesTheServerIsAnother(String server) {
    assertThatThrownBy(() -> resolve("{'neuprint': {'server': '%s'}}".formatted(server)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is not this deployment's server");
  }

  @Test
  void theDeploymentsOwnMayBeNamed() {
    Settings settings =
        resolve(
            "{'site': {'bucket': 'my-site', 'prefix': 'male-cns/'},"
                + " 'neuprint': {'server': 'https://neuprint.example', 'dataset': 'cns:v1'}}");

    assertThat(settings.bucket()).isEqualTo("my-site");
    assertThat(settings.prefix()).isEqualTo("male-cns/");
    assertThat(settings.server()).isEqualTo("https://neuprint.example");
    assertThat(settings.dataset()).isEqualTo("cns:v1");
  }

  @Test
  void whatNeitherInputNorDeploymentNamesIsMissing() {
    Defaults none = Defaults.NONE;

    assertThatThrownBy(() -> resolve(none, "{}"))
        .hasMessage("site.bucket is missing: neither the run input nor the deployment names it.");
    assertThatThrownBy(() -> resolve(none, "{'site': {'bucket': 'b'}}"))
        .hasMessageStartingWith("neuprint.server is missing");
    assertThatThrownBy(
            () -> resolve(none, "{'site': {'bucket': 'b'}, 'neuprint': {'server': 'http://s'}}"))
        .hasMessageStartingWith("neuprint.dataset is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "neuprint janelia",
        "ftp://neuprint.example",
        "https://",
        "https://a b",
        "https://neuprint.example/?dataset=x",
        "https://neuprint.example/#top"
      })
  void whatIsNoAddressIsRefused(String server) {
    assertThatThrownBy(() -> resolve(OPEN, "{'neuprint': {'server': '%s'}}".formatted(server)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("neuprint.server must be an address such as");
  }

  @ParameterizedTest
  @CsvSource({
    "neuprint.janelia.org, https://neuprint.janelia.org",
    "neuprint.example:8443/, https://neuprint.example:8443",
    "http://127.0.0.1:7474, http://127.0.0.1:7474"
  })
  void aServerWithoutASchemeIsHttps(String given, String server) {
    assertThat(resolve(OPEN, "{'neuprint': {'server': '%s'}}".formatted(given)).server())
        .isEqualTo(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:s3cret@neuprint.example",
        "ftp://user:s3cret@neuprint.example",
        "user:s3cret@neuprint.example"
      })
  void aSecretInAnAddressIsRefusedAndNotRepeated(String server) {
    String input = "{'neuprint': {'server': '%s'}}".formatted(server);

    for (Defaults defaults : new Defaults[] {OPEN, DEPLOYMENT}) {
      assertThatThrownBy(() -> resolve(defaults, input))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("must not hold a user or password")
          .hasMessageNotContaining("s3cret");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "male-cns, male-cns/", "male-cns/, male-cns/", "a/b, a/b/"})
  void aPrefixEndsInASlash(String given, String prefix) {
    Defaults open = defaults("https://s", "d", "", "", "");

    assertThat(resolve(open, "{'site': {'prefix': '%s'}}".formatted(given)).prefix())
        .isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"male-cns", "male-cns/"})
  void aDeploymentsOwnPrefixMayBeNamed(String prefix) {
    assertThat(resolve("{'site': {'prefix': '%s'}}".formatted(prefix)).prefix())
        .isEqualTo("male-cns/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hemibrain", "male-cns/types"})
  void anotherPrefixThanTheDeploymentsIsRefused(String prefix) {
    assertThatThrownBy(() -> resolve("{'site': {'prefix': '%s'}}".formatted(prefix)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("site.prefix \"" + prefix)
        .hasMessageContaining("is not this deployment's prefix (male-cns/)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/male-cns", "/", ".quickpage-index", "a/.quickpage-index/runs/"})
  void aPrefixThatIsNoSiteIsRefused(String prefix) {
    assertThatThrownBy(() -> resolve("{'site': {'prefix': '%s'}}".formatted(prefix)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("site.prefix must not")
        .hasMessageContaining(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "Types of neurons.html", "übersicht.html", "a.b.html"})
  void anIndexFileIsOnePlainName(String name) {
    assertThat(resolve("{'options': {'indexFile': '%s'}}".formatted(name)).options().indexFile())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "index.htm",
        ".html",
        "types/index.html",
        "../index.html",
        "a\\\\b.html",
        "a\\nb.html",
        ".hidden.html",
        "index.html/",
        "index.HTML"
      })
  void anythingElseIsNoIndexFile(String name) {
    assertThatThrownBy(() -> resolve("{'options': {'indexFile': '%s'}}".formatted(name)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("options.indexFile must be one plain name that ends in .html");
  }

  @Test
  void anIndexFileFitsAFileSystem() {
    String longest = "x".repeat(250) + ".html";

    assertThat(resolve("{'options': {'indexFile': '%s'}}".formatted(longest))).isNotNull();
    assertThatThrownBy(() -> resolve("{'options': {'indexFile': 'x%s'}}".formatted(longest)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("255 bytes");
  }

  @Test
  void withoutRoiAnalysisNoDatasetIsNeeded() {
    Defaults defaults = defaults("https://s", "", "", "", "");

    assertThat(resolve(defaults, "{'options': {'roiAnalysis': false}}").dataset()).isEmpty();
  }
}
