package quickpage.index.neuprint.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import quickpage.index.text.VisibleText;

/**
 * What a failed answer means. NeuPrint answers 400 to a broken query and also to everything slow or
 * busy, so the status alone decides little: a Neo4j code in the text does, and only where there is
 * none (the server's older engine) its words, never in the part that quotes the query, for a neuron
 * type may be called anything.
 *
 * @param reaction what to do
 * @param clause what happened, to be read after "NeuPrint" or "NeuPrint at https://…"; without
 *     anything of the query
 * @param advice what a person can do, or null
 * @param strained whether the server is busy or away, so that fewer queries should be in flight
 */
public record ErrorClassification(
    ErrorReaction reaction, String clause, String advice, boolean strained) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What happened where no token was sent to a server that wants one. */
  public static final String NO_TOKEN = "wants a token (401), and none is set";

  private static final String TRY_LATER = "try again later";
  private static final String START_AGAIN =
      "start the run again, and if that does not help, ask that server's operators";
  private static final String CHECK_NETWORK =
      "check the server's address and your network, or try again later";

  private static final Pattern NEO4J_CODE =
      Pattern.compile("Neo\\.([A-Za-z]+)\\.([A-Za-z]+)\\.([A-Za-z0-9]+)");

  private static final Pattern AWAY_WORDS =
      Pattern.compile(
          "timeout experienced|connectivityerror|transactionexecutionlimit|unable to retrieve"
              + " routing|connection (refused|reset)|no such host|broken"
              + " pipe|\\beof\\b|deadlock|database (is )?unavailable|context deadline exceeded|i/o"
              + " timeout");
  private static final Pattern MEMORY_WORDS =
      Pattern.compile("out ?of ?memory|memory (limit|pool)|more memory|not enough memory");
  private static final Pattern TIME_WORDS =
      Pattern.compile("not completed within|time limit|timed ?out|timeout");
  private static final Pattern KILLED_WORDS = Pattern.compile("terminated|killed");
  private static final Pattern NO_FUNCTION_WORDS =
      Pattern.compile("unknown (function|procedure)|no (function|procedure) with the name");

  /** An HTTP answer other than 200; or a 200 whose body is an error. */
  public static ErrorClassification ofAnswer(
      int status, String body, String dataset, String tokenOrigin, boolean tokenSent) {
    JsonNode json = object(body);
    return switch (status) {
      case 401 ->
          !tokenSent
              ? refuse(
                  NO_TOKEN, "put the one from your account page on that server into " + tokenOrigin)
              : refuse(
                  "refused the token (401): it is wrong or has expired",
                  "put a new one, from your account page on that server, into " + tokenOrigin);
      case 403 -> forbidden(json, dataset);
      case 404 ->
          refuse(
              "does not know " + what(dataset) + " (404)",
              "check the server's address and the dataset's name, which has to be spelled exactly");
      case 408, 429, 502, 503, 504 -> repeat("was busy or away (%d)".formatted(status));
      case 413 -> less("found the query too long (413)");
      default -> {
        if (status == 200 || status == 400 || status == 500) {
          yield ofText(status, text(json, body));
        }
        yield status > 500
            ? repeat("was busy or away (%d)".formatted(status))
            : refuse(
                "answered %d, which NeuPrint does not".formatted(status),
                "check the server's address");
      }
    };
  }

  /** A redirect, which is not followed: the token goes to the server that was named, only. */
  public static ErrorClassification ofRedirect(String location) {
    return refuse(
        "sends to another address" + (location == null ? "" : ", " + excerpt(location)),
        "give that address as the server, if you trust it with your token");
  }

  public static ErrorClassification unreadable() {
    return repeat("gave an answer that breaks off or is not JSON");
  }

  /**
   * An answer that is JSON and cannot be right.
   *
   * @param why the end of the sentence
   */
  public static ErrorClassification incomplete(String why) {
    return new ErrorClassification(
        ErrorReaction.ASK_AGAIN_ONCE,
        "gave an answer that cannot be right: " + why,
        START_AGAIN,
        false);
  }

  /**
   * An answer that is more than one may be.
   *
   * @param why the end of the sentence
   */
  public static ErrorClassification tooMuch(String why) {
    return new ErrorClassification(
        ErrorReaction.ASK_AGAIN_ONCE,
        "gave an answer that is more than one may be: " + why,
        START_AGAIN,
        true);
  }

  public static ErrorClassification brokenConnection() {
    return repeat("broke the connection off");
  }

  public static ErrorClassification unreachable() {
    return new ErrorClassification(
        ErrorReaction.REPEAT, "could not be reached", CHECK_NETWORK, true);
  }

  public static ErrorClassification noSuchHost() {
    return new ErrorClassification(ErrorReaction.REPEAT, "could not be found", CHECK_NETWORK, true);
  }

  /** All questions together found nothing but a busy or absent server ({@link CircuitBreaker}). */
  public static ErrorClassification down() {
    return repeat("has been busy or away for too long");
  }

  /**
   * TLS said no.
   *
   * @param ofNoAuthority whether because no trusted authority has made the certificate, or it is
   *     out of date
   */
  public static ErrorClassification notTrusted(boolean ofNoAuthority) {
    return ofNoAuthority
        ? refuse(
            "could not be reached securely: its certificate is of no authority that is trusted"
                + " here, or out of date",
            "check the server's address, and if the server or your network has an authority of its"
                + " own, give its certificate with --ca-file (a stack: with the parameter"
                + " NeuPrintAuthoritiesSecretName)")
        : refuse(
            "could not be reached securely: its TLS certificate or protocol was not accepted",
            "check the server's address");
  }

  /**
   * Nothing was heard of the server, for which a proxy is in the way.
   *
   * @param proxy for a sentence, without user and password
   */
  public static ErrorClassification unreachableThrough(String proxy) {
    return new ErrorClassification(
        ErrorReaction.REPEAT,
        "could not be reached through " + proxy,
        "check the server's address and the proxy, or name the server's host in NO_PROXY",
        true);
  }

  /**
   * The proxy itself said no.
   *
   * @param proxy for a sentence, without user and password
   * @param what the end of the sentence
   */
  public static ErrorClassification proxyDenies(String proxy, String what) {
    return refuse(
        "could not be reached: " + proxy + " " + what,
        "put them into the variable as http://user:password@host:port, percent-encoded");
  }

  /** No answer within the read timeout: beyond the database's time limit and all waiting. */
  public static ErrorClassification noAnswer() {
    return new ErrorClassification(
        ErrorReaction.ASK_FOR_LESS, "gave no answer in time", TRY_LATER, true);
  }

  public static ErrorClassification outOfTime() {
    return new ErrorClassification(
        ErrorReaction.OUT_OF_TIME, "had not answered by the time limit", "allow more time", false);
  }

  private static ErrorClassification ofText(int status, String text) {
    String head = unquoted(text);
    Matcher code = NEO4J_CODE.matcher(head);
    if (code.find()) {
      return ofCode(code.group(), code.group(1), code.group(2), code.group(3));
    }
    String words = head.toLowerCase(Locale.ROOT);
    if (AWAY_WORDS.matcher(words).find()) {
      return repeat("was busy or away (%d)".formatted(status));
    }
    if (MEMORY_WORDS.matcher(words).find()) {
      return less("had too little memory for the query");
    }
    if (TIME_WORDS.matcher(words).find()) {
      return less("took longer for the query than its time limit");
    }
    if (KILLED_WORDS.matcher(words).find()) {
      return repeat("ended the query (%d)".formatted(status));
    }
    if (NO_FUNCTION_WORDS.matcher(words).find()) {
      return new ErrorClassification(
          ErrorReaction.ASK_WITHOUT_APOC, "lacks a function of the query", null, false);
    }
    return fault(
        status == 500
            ? "could not write down the answer (500)"
            : "failed on the query (%d)".formatted(status));
  }

  private static ErrorClassification ofCode(
      String code, String kind, String category, String title) {
    if (title.contains("Memory") || title.contains("StackOverFlow")) {
      return less("had too little memory for the query (%s)".formatted(code));
    }
    if (title.contains("TimedOut")) {
      return less("took longer for the query than its time limit (%s)".formatted(code));
    }
    boolean mayPass =
        kind.equals("TransientError")
            || category.equals("Transaction")
            || (category.equals("Security") && !title.equals("Forbidden"));
    if (mayPass) {
      return repeat("was busy or away (%s)".formatted(code));
    }
    // What APOC's functions raise themselves (they cannot read a roiInfo) is the type's fault; that
    // there is none, or it may not be called, shows as one of the others.
    boolean perhapsApoc =
        title.equals("SyntaxError")
            || title.equals("Forbidden")
            || (category.equals("Procedure") && !title.equals("ProcedureCallFailed"));
    String clause = "failed on the query (%s)".formatted(code);
    return perhapsApoc
        ? new ErrorClassification(ErrorReaction.ASK_WITHOUT_APOC, clause, null, false)
        : fault(clause);
  }

  private static ErrorClassification forbidden(JsonNode json, String dataset) {
    if (json.path("tos_required").asBoolean(false)) {
      String url = json.path("tos_url").asText("");
      return refuse(
          "wants its terms of service accepted (403)",
          url.isEmpty() ? "sign in there and accept them" : "accept them at " + excerpt(url));
    }
    return refuse(
        "refuses this token access to " + what(dataset) + " (403)",
        "check the dataset's name, which has to be spelled exactly, or ask that server's operators"
            + " for access");
  }

  private static String what(String dataset) {
    return dataset == null ? "what was asked for" : "the dataset " + VisibleText.of(dataset);
  }

  private static JsonNode object(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? JSON.missingNode() : json;
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static String text(JsonNode json, String body) {
    return Stream.of("error", "message")
        .map(json::path)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst()
        .orElse(body);
  }

  /** The text up to the first thing it quotes; what follows may hold names from the query. */
  private static String unquoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("'\"`\n\r".indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  private static String excerpt(String text) {
    return VisibleText.of(text.replaceAll("\\s+", " "));
  }

  private static ErrorClassification refuse(String clause, String advice) {
    return new ErrorClassification(ErrorReaction.REFUSE, clause, advice, false);
  }

  private static ErrorClassification repeat(String clause) {
    return new ErrorClassification(ErrorReaction.REPEAT, clause, TRY_LATER, true);
  }

  private static ErrorClassification less(String clause) {
    return new ErrorClassification(ErrorReaction.ASK_FOR_LESS, clause, null, true);
  }

  private static ErrorClassification fault(String clause) {
    return new ErrorClassification(ErrorReaction.TYPES_FAULT, clause, null, false);
  }
}
