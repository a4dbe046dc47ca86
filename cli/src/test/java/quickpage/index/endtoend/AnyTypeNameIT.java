package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypeFacts;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.NeuPrint;
import quickpage.index.neuprint.NeuPrintAddress;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.client.NeuPrintClients;

/**
 * 20,000 random names, each the name of one type with one neuron. How many presynaptic sites that
 * neuron has is the name's number, so an answer under the wrong name shows.
 */
class AnyTypeNameIT {
  private static final int NAMES = 20_000;
  private static final String DATASET = "male-cns:v0.9";
  private static final Pattern HREF = Pattern.compile(" href=\"\\.\\./\\.\\./(types/[^\"]*)\"");

  @TempDir private static Path folder;
  private static List<String> names;
  private static ServedDataset dataset;

  @BeforeAll
  static void serve() throws IOException {
    names = randomNames(new Random(20_000));
    Path raw = Files.createDirectories(folder.resolve("raw"));
    Files.writeString(
        raw.resolve("meta.json"),
        """
        {"uuid": "u", "lastDatabaseEdit": "e", "primaryRois": ["CX"],
         "roiHierarchy": {"name": "CNS", "children": [{"name": "CX"}]}}
        """);
    try (CSVPrinter csv =
        new CSVPrinter(Files.newBufferedWriter(raw.resolve("neurons.csv")), CSVFormat.RFC4180)) {
      csv.printRecord("bodyId", "type", "somaSide", "pre", "post", "roiInfo");
      for (int i = 0; i < names.size(); i++) {
        csv.printRecord(
            1_000 + i,
            names.get(i),
            "L",
            i,
            1,
            "{\"CX\": {\"pre\": %d, \"post\": 1}}".formatted(i));
      }
    }
    dataset = ServedDataset.ofFiles(DATASET, raw);
  }

  @AfterAll
  static void stop() {
    dataset.close();
  }

  /** A third each: printable ASCII, what literals and markup trip over, and all of Unicode. */
  private static List<String> randomNames(Random random) {
    String awkward = "'\"`\\\\\\/:<>&%#?{}$()[];, _=*-.+~^|!@u0027nrtLRM";
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < NAMES) {
      StringBuilder name = new StringBuilder();
      int length = random.nextInt(200) == 0 ? 80 + random.nextInt(200) : 1 + random.nextInt(16);
      int kind = random.nextInt(4);
      while (name.length() < length) {
        switch (kind == 3 ? random.nextInt(3) : kind) {
          case 0 -> name.append((char) (' ' + random.nextInt('~' - ' ' + 1)));
          case 1 -> name.append(awkward.charAt(random.nextInt(awkward.length())));
          default -> name.appendCodePoint(assigned(random));
        }
      }
      names.add(name.toString());
    }
    return List.copyOf(names);
  }

  private static int assigned(Random random) {
    while (true) {
      int codePoint = random.nextInt(2) == 0 ? random.nextInt(0x3000) : random.nextInt(0x110000);
      int kind = Character.getType(codePoint);
      if (kind != Character.CONTROL
          && kind != Character.SURROGATE
          && kind != Character.UNASSIGNED) {
        return codePoint;
      }
    }
  }

  @Test
  void findsItsWayThroughOneQueryWithHundredsOfOthers() {
    NeuPrint neuPrint =
        new NeuPrintClients(CommandLineRun.token(dataset.token()))
            .apply(new NeuPrintAddress(dataset.server(), "names", "", "", ""));
    Map<String, Long> found = new HashMap<>();
    List<String> unavailable = new ArrayList<>();

    neuPrint.describe(
        new TypeQuestion(
            neuPrint.types(DATASET).version(),
            SideRule.PROPERTIES,
            List.of("CX"),
            names.stream().map(name -> new TypeToAsk(name, 1, true)).toList(),
            500,
            2,
            Instant.now().plus(Duration.ofMinutes(5))),
        new DescribeListener() {
          @Override
          public void described(List<TypeFacts> facts) {
            facts.forEach(type -> found.put(type.type(), type.synapses().pre()));
          }

          @Override
          public void unavailable(String type, String reason) {
            unavailable.add(type + ": " + reason);
          }
        });

    assertThat(unavailable).isEmpty();
    assertThat(found).hasSize(NAMES);
    for (int i = 0; i < NAMES; i++) {
      assertThat(found.get(names.get(i))).as(names.get(i)).isEqualTo(i);
    }
    assertThat(dataset.typeQueries().size()).isLessThanOrEqualTo(NAMES / 500 + 1);
  }

  @Test
  void survivesFromItsPageToTheLinkInTheIndex() throws IOException {
    TestSite site = new TestSite(folder.resolve("site"), "types/");
    Map<String, String> typeOfFile = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (String name : names) {
      String file = name.replace('/', '_').replace(' ', '_') + ".html";
      if (file.getBytes(StandardCharsets.UTF_8).length <= 255) {
        if (typeOfFile.putIfAbsent(file, name) != null) {
          shared.add(file);
        }
        site.add(file);
      }
    }
    assertThat(typeOfFile.size()).isGreaterThan(NAMES * 9 / 10);
    assertThat(shared).as("names that share a file").isNotEmpty();

    CommandLineRun.of(dataset, site, folder.resolve("cache"), Map.of()).published();

    Map<String, JsonNode> entries = new HashMap<>();
    site.index().path("types").forEach(entry -> entries.put(entry.path("name").asText(), entry));
    Map<String, JsonNode> urls = new HashMap<>();
    site.json("data/neurons.json")
        .path("neurons")
        .forEach(neuron -> urls.put(neuron.path("name").asText(), neuron.path("urls")));
    Set<String> hrefs = hrefs(site);
    Map<String, Long> numbers = new HashMap<>();
    for (int i = 0; i < NAMES; i++) {
      numbers.put(names.get(i), (long) i);
    }
    int whole = 0;
    for (Map.Entry<String, String> page : typeOfFile.entrySet()) {
      String name = page.getValue();
      boolean side = page.getKey().matches("(?s).+_[LRM]\\.html");
      if (shared.contains(page.getKey()) || side) {
        continue; // Which of several types such a page is of is told in other tests.
      }
      whole++;
      JsonNode entry = entries.get(name);
      assertThat(entry).as(name).isNotNull();
      assertThat(entry.path("status").asText()).as(name).isEqualTo("ok");
      assertThat(entry.at("/synapses/pre").asLong()).as(name).isEqualTo(numbers.get(name));
      assertThat(entry.at("/counts/left").asLong()).as(name).isEqualTo(1);
      assertThat(entry.at("/pages/combined").asText()).isEqualTo("types/" + page.getKey());
      String url = urls.get(name).path("combined").asText();
      assertThat(url).isEqualTo(ReferenceSearchFile.url(page.getKey()));
      assertThat(decoded(url)).isEqualTo(page.getKey());
      assertThat(hrefs).contains("types/" + url);
    }
    assertThat(whole).isGreaterThan(NAMES * 8 / 10);
    for (String href : hrefs) {
      assertThat(site.root().resolve(decoded(href))).as(href).isRegularFile();
    }
  }

  /** The links of the list for readers without scripts. */
  private static Set<String> hrefs(TestSite site) {
    Set<String> hrefs = new HashSet<>();
    TestSite.bytes(site.root().resolve("static"))
        .forEach(
            (path, bytes) -> {
              if (path.endsWith(".html")) {
                Matcher href = HREF.matcher(new String(bytes, StandardCharsets.UTF_8));
                while (href.find()) {
                  hrefs.add(href.group(1).replace("&amp;", "&").replace("&#39;", "'"));
                }
              }
            });
    assertThat(hrefs).isNotEmpty();
    return hrefs;
  }

  private static String decoded(String url) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) == '%') {
        bytes.write(Integer.parseInt(url.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(url.charAt(i));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
