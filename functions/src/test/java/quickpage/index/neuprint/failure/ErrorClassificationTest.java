package quickpage.index.neuprint.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static quickpage.index.neuprint.failure.ErrorReaction.ASK_FOR_LESS;
import static quickpage.index.neuprint.failure.ErrorReaction.ASK_WITHOUT_APOC;
import static quickpage.index.neuprint.failure.ErrorReaction.REFUSE;
import static quickpage.index.neuprint.failure.ErrorReaction.REPEAT;
import static quickpage.index.neuprint.failure.ErrorReaction.TYPES_FAULT;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quickpage.index.model.Remedy;

public class ErrorClassificationTest {

  private static ErrorClassification of(int status, String text) {
    String body = JsonNodeFactory.instance.objectNode().put("error", text).toString();
    return ErrorClassification.ofAnswer(status, body, "cns", "the variable NEUPRINT_TOKEN", true);
  }

  static Stream<Arguments> codes() {
    return Stream.of(
        Arguments.of("Neo.ClientError.Statement.TypeError", TYPES_FAULT),
        Arguments.of("Neo.ClientError.Statement.ArithmeticError", TYPES_FAULT),
        Arguments.of("Neo.ClientError.Statement.SyntaxError", ASK_WITHOUT_APOC),
        Arguments.of("Neo.ClientError.Procedure.ProcedureCallFailed", TYPES_FAULT),
        Arguments.of("Neo.ClientError.Procedure.ProcedureNotFound", ASK_WITHOUT_APOC),
        Arguments.of("Neo.ClientError.Procedure.ProcedureRegistrationFailed", ASK_WITHOUT_APOC),
        Arguments.of("Neo.ClientError.Security.Forbidden", ASK_WITHOUT_APOC),
        Arguments.of("Neo.ClientError.Security.AuthorizationExpired", REPEAT),
        Arguments.of("Neo.ClientError.Transaction.TransactionTimedOut", ASK_FOR_LESS),
        Arguments.of(
            "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", ASK_FOR_LESS),
        Arguments.of("Neo.ClientError.Transaction.Terminated", REPEAT),
        Arguments.of("Neo.TransientError.Transaction.DeadlockDetected", REPEAT),
        Arguments.of("Neo.TransientError.General.DatabaseUnavailable", REPEAT),
        Arguments.of("Neo.TransientError.General.MemoryPoolOutOfMemoryError", ASK_FOR_LESS),
        Arguments.of("Neo.TransientError.General.OutOfMemoryError", ASK_FOR_LESS),
        Arguments.of("Neo.TransientError.General.TransactionMemoryLimit", ASK_FOR_LESS),
        Arguments.of("Neo.DatabaseError.Statement.ExecutionFailed", TYPES_FAULT));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void aNeo4jCodeDecides(String code, ErrorReaction reaction) {
    assertThat(of(400, "failed to execute query: Neo4jError: " + code + " (x)").reaction())
        .isEqualTo(reaction);
    assertThat(of(500, "Neo4jError: " + code + " (x)").reaction()).isEqualTo(reaction);
  }

  /** Which runs are tried again by themselves, and which wait for a person. */
  @ParameterizedTest
  @CsvSource({"401, PERSON", "403, PERSON", "429, LATER", "500, LATER", "502, LATER", "503, LATER"})
  void anAnswersStatusSaysWhetherTimeOrAPersonMendsIt(int status, Remedy remedy) {
    assertThat(new FailedQueryException(of(status, "no"), 1).refusal("https://s").remedy())
        .isEqualTo(remedy);
  }

  @Test
  void aServerThatIsAwayIsMendedByTime() {
    for (ErrorClassification away :
        List.of(
            ErrorClassification.down(),
            ErrorClassification.unreachable(),
            ErrorClassification.brokenConnection(),
            ErrorClassification.noAnswer(),
            ErrorClassification.outOfTime())) {
      assertThat(new FailedQueryException(away, 1).refusal("https://s").remedy())
          .as(away.clause())
          .isEqualTo(Remedy.LATER);
    }
  }

  @Test
  void theLastErrorOfExhaustedServerRetriesDecidesWhereItHasACode() {
    String prefix = "TransactionExecutionLimit: timeout (exceeded max retry time: 30s) after 6";
    assertThat(
            of(
                    400,
                    prefix
                        + " attempts, last error: Neo4jError:"
                        + " Neo.TransientError.General.MemoryPoolOutOfMemoryError (x)")
                .reaction())
        .isEqualTo(ASK_FOR_LESS);
    assertThat(of(400, prefix + " attempts, last error: i/o").reaction()).isEqualTo(REPEAT);
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of("Timeout experienced. This could be due to database traffic", REPEAT),
        Arguments.of("failed to execute query: ConnectivityError: Unable to retrieve", REPEAT),
        Arguments.of(
            "The transaction has not completed within the specified timeout", ASK_FOR_LESS),
        Arguments.of("There is not enough memory to perform the current task", ASK_FOR_LESS),
        Arguments.of("The transaction has been terminated.", REPEAT),
        Arguments.of("Unknown function 'apoc.convert.fromJsonMap'", ASK_WITHOUT_APOC),
        Arguments.of("Type mismatch: expected a map", TYPES_FAULT));
  }

  @ParameterizedTest
  @MethodSource("words")
  void wordsDecideWhereThereIsNoCode(String text, ErrorReaction reaction) {
    assertThat(of(400, text).reaction()).isEqualTo(reaction);
  }

  @ParameterizedTest
  @MethodSource("words")
  void wordsInTheQuotedQueryDecideNothing(String typeName) {
    String quoted = "Invalid input '" + typeName + "' (line 1)\n\"MATCH " + typeName + "\"\n ^";
    assertThat(of(400, quoted).reaction()).isEqualTo(TYPES_FAULT);
  }

  @Test
  void aCodeInTheQuotedQueryDecidesNothing() {
    String name = "Neo.TransientError.General.MemoryPoolOutOfMemoryError";
    assertThat(of(400, "Type mismatch near \"" + name + "\"").reaction()).isEqualTo(TYPES_FAULT);
    assertThat(
            of(400, "Neo4jError: Neo.ClientError.Statement.TypeError (near '" + name + "')")
                .reaction())
        .isEqualTo(TYPES_FAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "401, REFUSE",
    "403, REFUSE",
    "404, REFUSE",
    "405, REFUSE",
    "408, REPEAT",
    "413, ASK_FOR_LESS",
    "429, REPEAT",
    "500, TYPES_FAULT",
    "502, REPEAT",
    "503, REPEAT",
    "504, REPEAT",
    "520, REPEAT"
  })
  void aStatusDecidesWhereItIsClear(int status, ErrorReaction reaction) {
    assertThat(
            ErrorClassification.ofAnswer(status, "<html>proxy</html>", "cns", "x", true).reaction())
        .isEqualTo(reaction);
  }

  @Test
  void aProxysStatusDecidesWhateverItsTextSays() {
    assertThat(of(503, "Neo.ClientError.Statement.TypeError").reaction()).isEqualTo(REPEAT);
  }

  @Test
  void aServerThatWantsATokenWhereNoneIsSetSaysSo() {
    ErrorClassification classification =
        ErrorClassification.ofAnswer(401, "", "cns", "the variable A or B", false);
    assertThat(classification.reaction()).isEqualTo(REFUSE);
    assertThat(classification.clause()).isEqualTo("wants a token (401), and none is set");
    assertThat(classification.advice()).contains("the variable A or B");
  }

  @Test
  void termsOfServiceAreNamedWithTheirAddress() {
    ErrorClassification classification =
        ErrorClassification.ofAnswer(
            403, "{\"tos_required\": true, \"tos_url\": \"https://n.org/tos\"}", "cns", "x", true);
    assertThat(classification.reaction()).isEqualTo(REFUSE);
    assertThat(classification.clause()).contains("terms of service");
    assertThat(classification.advice()).contains("https://n.org/tos");
  }

  @Test
  void noTextOfTheServerIsPublished() {
    ErrorClassification classification =
        of(400, "Neo4jError: Neo.ClientError.Statement.TypeError (<script>secret</script>)");
    assertThat(classification.clause()).doesNotContain("secret").contains("Statement.TypeError");
  }
}
