package quickpage.index.neuprint.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import quickpage.index.model.DatasetVersion;
import quickpage.index.neuprint.cypher.TypeQuery;
import quickpage.index.neuprint.token.TokenSource;

/**
 * A server with a dataset of one type: what a function asks before its snapshot is taken. Questions
 * go through the whole client and are answered within it; no connection is opened and no token is
 * there to read. Who needs the connection as well serves {@link #answer} by a server of its own.
 */
public final class NeuPrintPriming {

  /** The type that is described. */
  public static final String TYPE = "A";

  /** The version that answers come from. */
  public static final DatasetVersion VERSION = new DatasetVersion("priming", "none", "never");

  /** The ROI that the type has synapses in. */
  public static final String ROI = "ME(R)";

  private static final String ANSWER =
      """
      {"columns": ["part", "type", "value"], "data": [
        ["type", "%1$s", [2, 3, 4, 1, 1, ["gaba", null, null, null, null, null, null, null], [["a"]%5$s]]],
        ["sides", "%1$s", [[null, "L", null, null, 2]]],
        ["rois", "%1$s", [2, [["", 2, 0, 0], ["%2$s", 2, 3, 4]]]],
        ["version", null, ["%3$s", "%4$s"]]
      ]}
      """
          .formatted(
              TYPE,
              ROI,
              VERSION.uuid(),
              VERSION.lastDatabaseEdit(),
              ", []".repeat(TypeQuery.distinctValues(List.of()).size() - 1));

  /** By what stands in the questions that planning asks; everything else is asked for types. */
  private static final Map<String, String> ANSWERS_OF_THE_DATASET =
      Map.of(
          "api/dbmeta", "{\"%s\": {}}".formatted(VERSION.dataset()),
          "RETURN m.uuid", rows("%2$s", TYPE),
          "AS primaryRois", rows("[\"%s\"], null, null, null, %s, 1, null, null, null", ROI),
          "AS types", rows("[[\"%s\", 2]], %s, 1, 2, 1", TYPE));

  private NeuPrintPriming() {}

  /** One row, with the version where its second hole is. */
  private static String rows(String columns, String name) {
    String version = "\"%s\", \"%s\"".formatted(VERSION.uuid(), VERSION.lastDatabaseEdit());
    return "{\"columns\": [], \"data\": [[" + columns.formatted(name, version) + "]]}";
  }

  private static String answer(Request request) throws IOException {
    Buffer body = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(body);
    }
    return answer(request.url().encodedPath(), body.readUtf8());
  }

  /** The server's answer, JSON, to a request for this path with this body. */
  public static String answer(String path, String body) {
    return ANSWERS_OF_THE_DATASET.entrySet().stream()
        .filter(known -> path.contains(known.getKey()) || body.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(ANSWER);
  }

  /** A client of that server, to be closed. */
  public static NeuPrintClient client() {
    Interceptor answers =
        chain ->
            new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(
                    ResponseBody.create(answer(chain.request()), MediaType.get("application/json")))
                .build();
    return NeuPrintClient.of("https://priming.invalid", new NoToken())
        .introducedAs("priming", "priming", "")
        .http(new OkHttpClient.Builder().addInterceptor(answers).build())
        .build();
  }

  /** What is sent where nobody reads it. */
  private static final class NoToken implements TokenSource {

    @Override
    public String token() {
      return "none";
    }

    @Override
    public String reread() {
      return token();
    }

    @Override
    public String origin() {
      return "a priming client";
    }
  }
}
