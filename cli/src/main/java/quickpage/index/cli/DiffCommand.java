package quickpage.index.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quickpage.index.json.Json;

/** {@code quickpage-index diff}. */
@Command(
    name = "diff",
    description =
        "Compares two index.json field by field; the time they were generated is left out.",
    mixinStandardHelpOptions = true,
    footer = "Exit code: 0 the same, 1 different, 2 could not compare.")
final class DiffCommand implements Callable<Integer> {

  /** Lines for a person; --json has all. */
  private static final int SHOWN = 100;

  private static final ObjectReader READER =
      Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "Path or URL.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "Path or URL.")
  private String b;

  @Option(names = "--json", description = "Print one JSON object with all differences.")
  private boolean json;

  @Override
  public Integer call() {
    List<IndexDifferences.Difference> differences = IndexDifferences.between(read(a), read(b));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode answer = Json.MAPPER.createObjectNode();
      answer.put("same", differences.isEmpty());
      answer.set("differences", Json.MAPPER.valueToTree(differences));
      out.println(answer);
    } else if (differences.isEmpty()) {
      out.println("The same.");
    } else {
      differences.stream().limit(SHOWN).forEach(out::println);
      if (differences.size() > SHOWN) {
        out.println("… and %,d more; --json has all.".formatted(differences.size() - SHOWN));
      }
      out.println(
          "%,d difference%s.".formatted(differences.size(), differences.size() == 1 ? "" : "s"));
    }
    return differences.isEmpty() ? 0 : 1;
  }

  private static JsonNode read(String source) {
    boolean url = source.startsWith("http://") || source.startsWith("https://");
    try {
      JsonNode index = url ? download(source) : open(source);
      if (!index.isObject() || !index.path("types").isArray()) {
        throw new UsageException(
            "%s is JSON, but no index: it has no list \"types\".".formatted(source));
      }
      return index;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " (line %d)".formatted(e.getLocation().getLineNr());
      throw new UsageException(
          "%s is not JSON%s: %s.".formatted(source, where, e.getOriginalMessage()), e);
    } catch (NoSuchFileException e) {
      throw new UsageException("There is no file %s.".formatted(source), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("%s cannot be read: %s.".formatted(source, e.getMessage()), e);
    }
  }

  private static JsonNode open(String path) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      return READER.readTree(in);
    } catch (InvalidPathException e) {
      throw new UsageException("%s is not a path.".formatted(path), e);
    }
  }

  private static JsonNode download(String url) throws IOException {
    OkHttpClient http = new OkHttpClient();
    try (Response response =
        http.newCall(new Request.Builder().url(URI.create(url).toURL()).build()).execute()) {
      if (!response.isSuccessful()) {
        throw new UsageException("%s answers %d.".formatted(url, response.code()));
      }
      return READER.readTree(response.body().byteStream());
    }
  }
}
