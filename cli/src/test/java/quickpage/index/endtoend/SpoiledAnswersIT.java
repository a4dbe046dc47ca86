package quickpage.index.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.endtoend.SpoilingProxy.Question;
import quickpage.index.endtoend.SpoilingProxy.Spoiler;
import quickpage.index.error.DatasetEditedException;
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.SideRule;
import quickpage.index.model.TypeFacts;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.client.NeuPrintClient;
import quickpage.index.workflow.ExecutionResult.Status;

/**
 * Whole runs of which one answer, or every answer to one query, is spoiled: each ends complete,
 * complete but for types that it names, or refused with the old index as it was. Never is a wrong
 * index published.
 */
class SpoiledAnswersIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String NEURONS =
      """
      bodyId,type,somaSide,rootSide,synonyms,class,supertype,itoleeHl,mancType,nerve,order,pre,post,roiInfo
      1,A,L,,first,a,00732,VPNp2,DNa01,AbN3,one,1,2,"{""ME(R)"": {""pre"": 1, ""post"": 2}, ""OL(R)"": {""pre"": 7}}"
      2,A,R,,,b,00732,,DNa02,,two,3,4,"{""ME(R)"": {""post"": 4}, ""LO(R)"": {""pre"": 3, ""post"": 1}}"
      3,A,,,,,,,,,,5,,
      4,B,,L,,c,,LALv1,,MxLbN,one,,6,"{""LO(R)"": {""pre"": 9, ""post"": 8}}"
      5,B,R,,,,,,,,,,,
      6,C,L,,x,,10291,,DNx01,,,2,2,"{""ME(R)"": {""pre"": 2, ""post"": 2}}"
      """;

  /** So many of the ways to spoil an answer to a query are tried in whole runs. */
  private static final int RUNS = Integer.getInteger("quickpage.spoiledRuns", 15);

  /** So many are tried with the client alone. */
  private static final int QUESTIONS = Integer.getInteger("quickpage.spoiledQuestions", 300);

  @TempDir private static Path folder;
  private static ServedDataset dataset;
  private static SpoilingProxy proxy;
  private static TestSite site;
  private static JsonNode right;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("neurons.csv"), NEURONS);
    Files.writeString(
        folder.resolve("meta.json"),
        """
        {"dataset": "flywire-fafb:v783", "uuid": "u", "lastDatabaseEdit": "e",
         "primaryRois": ["ME(R)", "LO(R)"],
         "roiHierarchy": {"name": "CNS", "children": [{"name": "OL(R)",
           "children": [{"name": "ME(R)"}, {"name": "LO(R)"}]}]},
         "roiInfo": {"ME(R)": {"description": "medulla"}},
         "neuronProperties": {"type": "string", "order": "string"}}
        """);
    dataset = ServedDataset.ofFiles("flywire-fafb:v783", folder);
    proxy = new SpoilingProxy(dataset.server());
    site = new TestSite(folder.resolve("site"), "types/");
    for (String page : List.of("A", "A_L", "B", "C", "Z")) {
      site.add(page + ".html");
    }
    run(Map.of()).published();
    right = index();
  }

  @AfterAll
  static void stop() {
    proxy.close();
    dataset.close();
  }

  /** Every fact is asked for anew; half of everything may fail, so that much is published. */
  private static CommandLineRun run(Map<String, ?> more) {
    Map<String, Object> options = new TreeMap<>(more);
    options.putIfAbsent("refresh", true);
    options.put("toleratedFailurePercentage", 70);
    options.put("facets", List.of(Map.of("property", "order", "label", "Order")));
    return CommandLineRun.of(
        site.root(),
        site.root(),
        folder.resolve("cache"),
        proxy.address(),
        dataset.name(),
        dataset.token(),
        options);
  }

  private static JsonNode index() {
    try {
      return JSON.readTree(Files.readAllBytes(site.root().resolve("data/index.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs, and tells which of the three ends it was. */
  private static String end(String what, Map<String, ?> options) {
    JsonNode before = index();
    CommandLineRun run = run(options);
    JsonNode after = index();
    if (run.outcome().result().status() == Status.FAILED) {
      assertThat(after).as(what).isEqualTo(before);
      assertThat(run.failure())
          .as(what)
          .doesNotContain("Exception", "quickpage.index", dataset.token());
      return "refused";
    }
    boolean complete = true;
    Map<String, JsonNode> expected = types(right);
    Map<String, JsonNode> published = types(after);
    assertThat(published.keySet()).as(what).isEqualTo(expected.keySet());
    for (Map.Entry<String, JsonNode> type : published.entrySet()) {
      if (type.getValue().path("status").asText().equals("unavailable")) {
        assertThat(type.getValue().path("error").asText()).as(what).isNotBlank();
        complete = false;
      } else {
        assertThat(type.getValue()).as(what).isEqualTo(expected.get(type.getKey()));
      }
    }
    return complete ? "complete" : "complete but for named types";
  }

  private static Map<String, JsonNode> types(JsonNode index) {
    Map<String, JsonNode> types = new TreeMap<>();
    index.path("types").forEach(type -> types.put(type.path("name").asText(), type));
    return types;
  }

  /** One way to spoil an answer. */
  private record Spoiling(String what, Spoiler how) {}

  private static List<Spoiling> spoilings(Question question) throws IOException {
    String[] answer = new String[1];
    proxy.spoil(
        question,
        1,
        SpoilingProxy.body(
            body -> {
              answer[0] = body;
              return body;
            }));
    run(options(question));
    JsonNode rows = JSON.readTree(answer[0]);
    List<Spoiling> spoilings = new ArrayList<>();
    for (AnswerSpoiler.Change change : AnswerSpoiler.changes(rows)) {
      spoilings.add(
          new Spoiling(
              question + " " + change.what(),
              SpoilingProxy.body(body -> AnswerSpoiler.apply(body, change))));
    }
    return spoilings;
  }

  /** The version is asked for by itself only where the rest is cached. */
  private static Map<String, ?> options(Question question) {
    return Map.of("refresh", question != Question.VERSION);
  }

  @ParameterizedTest
  @EnumSource(value = Question.class, names = "DATASETS", mode = EnumSource.Mode.EXCLUDE)
  void noSpoiledAnswerIsPublished(Question question) throws IOException {
    List<Spoiling> all = spoilings(question);
    Map<String, Integer> ends = new TreeMap<>();
    // Ways that follow each other differ in the value, so a step that is prime to their number.
    int step = Math.max(1, all.size() / RUNS) | 1;
    for (int i = 0; i < all.size(); i += step) {
      Spoiling spoiling = all.get(i);
      boolean once = i / step % 2 == 0;
      proxy.spoil(question, once ? 1 : Integer.MAX_VALUE, spoiling.how());
      String end = end(spoiling.what() + (once ? ", once" : ", always"), options(question));
      ends.merge(end, 1, Integer::sum);
    }
    assertThat(ends).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "7", "\"spoilt\"", "{}", "{\"spoilt\": {}}"})
  void aListOfDatasetsThatIsNoneEndsTheRun(String body) {
    proxy.spoil(Question.DATASETS, Integer.MAX_VALUE, SpoilingProxy.body(right -> body));
    assertThat(end("the list of datasets " + body, Map.of())).isEqualTo("refused");
  }

  /** Facts of the client under test; a type that is missing is unavailable. */
  private static Map<String, TypeFacts> describe(NeuPrintClient client, long mostUnavailable) {
    Map<String, TypeFacts> facts = new TreeMap<>();
    DescribeListener listener =
        new DescribeListener() {
          @Override
          public void described(List<TypeFacts> described) {
            described.forEach(one -> facts.put(one.type(), one));
          }

          @Override
          public void unavailable(String type, String reason) {
            assertThat(reason).startsWith("NeuPrint").endsWith(".");
          }
        };
    client.describe(
        new TypeQuestion(
            new DatasetVersion(dataset.name(), "u", "e"),
            SideRule.FLYWIRE_WITH_INSTANCE,
            List.of("ME(R)", "LO(R)"),
            List.of("order"),
            List.of(
                new TypeToAsk("A", 3, true),
                new TypeToAsk("B", 2, true),
                new TypeToAsk("C", 1, true)),
            null,
            1,
            mostUnavailable,
            Instant.now().plus(Duration.ofMinutes(5))),
        listener);
    return facts;
  }

  @Test
  void noWayToSpoilAnAnswerFoolsTheClient() throws IOException {
    try (NeuPrintClient client =
        NeuPrintClient.of(proxy.address(), CommandLineRun.token(dataset.token())).build()) {
      Map<String, TypeFacts> expected = describe(client, 100);
      assertThat(expected).containsOnlyKeys("A", "B", "C");
      List<Spoiling> all = spoilings(Question.DESCRIBE);
      int step = Math.max(1, all.size() / QUESTIONS) | 1;
      for (int i = 0; i < all.size(); i += step) {
        Spoiling spoiling = all.get(i);
        proxy.spoil(Question.DESCRIBE, 3, spoiling.how());
        try {
          assertThat(expected).as(spoiling.what()).containsAllEntriesOf(describe(client, 100));
        } catch (RefusedException e) {
          assertThat(e).as(spoiling.what()).isInstanceOf(DatasetEditedException.class);
        }
      }
    }
  }

  @Test
  void anAnswerThatUnfoldsToAllMemoryIsRefused() {
    proxy.spoil(Question.META, 2, SpoilingProxy.unfolding("{\"data\": [", " ", 200));
    assertThat(end("blanks without end", Map.of())).isEqualTo("refused");
    proxy.spoil(Question.DESCRIBE, 1, SpoilingProxy.unfolding("{\"data\": [", " ", 200));
    assertThat(end("blanks without end, once", Map.of())).isEqualTo("complete");
    proxy.spoil(Question.META, 2, SpoilingProxy.unfolding("{\"data\": [[", "1,", 200));
    assertThat(end("a row without end", Map.of())).isEqualTo("refused");
    proxy.spoil(Question.META, 2, SpoilingProxy.unfolding("{\"data\": [[\"", "x", 200));
    assertThat(end("a text without end", Map.of())).isEqualTo("refused");
    proxy.spoil(Question.META, 2, SpoilingProxy.unfolding("{\"skipped\": ", "[", 200));
    assertThat(end("nesting without end", Map.of())).isEqualTo("refused");
  }

  @Test
  void headersOfTenMegabytesAreRefused() {
    proxy.spoil(
        Question.META,
        Integer.MAX_VALUE,
        (exchange, body) -> {
          for (int i = 0; i < 10; i++) {
            exchange.getResponseHeaders().add("X-Much-" + i, "x".repeat(1 << 20));
          }
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });
    assertThat(end("headers", Map.of())).isEqualTo("refused");
  }

  @Test
  void whatTheServerSaysSteersNoTerminal() {
    proxy.spoil(
        Question.DATASETS,
        1,
        SpoilingProxy.body(body -> "{\"\\u001b[2J\\u202e" + dataset.name() + "x\": {}}"));
    CommandLineRun run = run(Map.of());
    assertThat(run.failure()).contains("\\u001b[2J\\u202e").doesNotContain("\u001b", "\u202e");
  }

  @Test
  void aRetryAfterBeyondAllNumbersIsNoneAtAll() {
    proxy.spoil(
        Question.META,
        1,
        (exchange, body) -> {
          exchange.getResponseHeaders().add("Retry-After", "99999999999999999999");
          exchange.sendResponseHeaders(503, -1);
        });
    assertThat(end("Retry-After", Map.of())).isEqualTo("complete");
  }

  /** The command as a user starts it: its exit code, its sentence, and what is published. */
  @Test
  void theCommandTellsWhatWasSpoiled() {
    JsonNode before = index();
    proxy.spoil(
        Question.META, Integer.MAX_VALUE, SpoilingProxy.body(body -> body.replace("CNS", "brain")));
    CommandLineProcess.Ended refused = command();
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
    assertThat(refused.err()).contains("NeuPrint at " + proxy.address());
    assertThat(index()).isEqualTo(before);

    proxy.spoil(
        Question.DESCRIBE,
        Integer.MAX_VALUE,
        SpoilingProxy.body(body -> body.replaceAll("\"sides\",\\s*\"B\"", "\"sides\",\"A\"")));
    CommandLineProcess.Ended named = command();
    assertThat(named.exitCode()).as(named.err()).isZero();
    assertThat(types(index()).get("C")).isEqualTo(types(right).get("C"));
    assertThat(types(index()).get("B").path("status").asText()).isEqualTo("unavailable");
    proxy.spoil(Question.META, 0, SpoilingProxy.body(body -> body));
    assertThat(command().exitCode()).isZero();
    assertThat(types(index())).isEqualTo(types(right));
  }

  private static CommandLineProcess.Ended command() {
    return CommandLineProcess.start(
            Map.of("NEUPRINT_TOKEN", dataset.token()),
            RunWords.of(
                site.root(),
                folder.resolve("cache"),
                proxy.address(),
                dataset.name(),
                "--refresh",
                "--tolerated-failure-percentage",
                "70",
                "--facet",
                "order=Order"))
        .end();
  }

  /** What {@link #NEURONS} make, changed in one place. */
  static final class AnswerSpoiler {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Another value at a place; null to take it away, "twice" to put it there twice. */
    record Change(String pointer, String kind, JsonNode value) {
      String what() {
        return pointer + " " + kind + (value == null ? "" : " " + value);
      }
    }

    private AnswerSpoiler() {}

    static List<Change> changes(JsonNode answer) {
      List<Change> changes = new ArrayList<>();
      JsonNode rows = answer.has("data") ? answer.path("data") : answer;
      collect(answer.has("data") ? "/data" : "", rows, "", changes);
      return changes;
    }

    private static void collect(String pointer, JsonNode value, String part, List<Change> changes) {
      if (!pointer.isEmpty()) {
        boolean property = isProperty(pointer, part);
        // Meta's list of primary ROIs has texts of which any may be one.
        for (JsonNode other :
            List.of(
                NODES.nullNode(),
                NODES.textNode("spoilt"),
                NODES.numberNode(-7),
                NODES.booleanNode(true),
                NODES.objectNode(),
                NODES.arrayNode())) {
          boolean plausible =
              value.isTextual() && other.isTextual() && pointer.matches("/data/0/0/\\d+");
          if (!other.equals(value) && !plausible && !(property && !value.isContainerNode())) {
            changes.add(new Change(pointer, "becomes", other));
          }
        }
        if (!property) {
          changes.add(new Change(pointer, "is taken away", null));
          if (value.isContainerNode()) {
            changes.add(new Change(pointer, "comes twice", null));
          }
        }
      }
      if (value.isArray()) {
        for (int i = 0; i < value.size(); i++) {
          String named =
              part.isEmpty() && value.get(i).path(0).isTextual()
                  ? value.get(i).path(0).asText()
                  : part;
          collect(pointer + "/" + i, value.get(i), named, changes);
        }
      }
    }

    /** A property may be anything, and what it is nothing can check. */
    private static boolean isProperty(String pointer, String part) {
      return (part.equals("roiInfo") && pointer.matches("/data/\\d+/2/1"))
          || (part.equals("type") && pointer.matches("/data/\\d+/2/(5/\\d+|6/\\d+/.+)"))
          || (part.equals("sides") && pointer.matches("/data/\\d+/2/\\d+/[0-3]"));
    }

    static String apply(String body, Change change) {
      try {
        JsonNode answer = JSON.readTree(body);
        int end = change.pointer().lastIndexOf('/');
        JsonNode parent = answer.at(change.pointer().substring(0, end));
        String last = change.pointer().substring(end + 1);
        if (parent instanceof ArrayNode list) {
          int at = Integer.parseInt(last);
          switch (change.kind()) {
            case "becomes" -> list.set(at, change.value());
            case "comes twice" -> list.insert(at, list.get(at));
            default -> list.remove(at);
          }
        } else if (parent instanceof ObjectNode object) {
          if (change.kind().equals("becomes")) {
            object.set(last, change.value());
          } else if (!change.kind().equals("comes twice")) {
            object.remove(last);
          }
        }
        return answer.toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
