package quickpage.index.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quickpage.index.error.RefusedException;
import quickpage.index.model.TransientFailure;

class StageHandlerTest {

  record Question(String name, Integer number) {
    Question {
      Objects.requireNonNull(name, "name is missing");
    }
  }

  record Answer(String failure, String text) {}

  /** Answers what it is asked; three names make it fail in the three ways. */
  private static final class Echo extends StageHandler<Question, Answer> {
    Echo() {
      super(Question.class);
    }

    @Override
    protected Answer answer(Question input, Context context) {
      return switch (input.name()) {
        case "refused" -> throw new RefusedException("This is not possible.");
        case "transient" -> throw new TransientFailure("The store is away.", null);
        case "defect" -> throw new IllegalStateException("one too many");
        default -> new Answer(null, input.name() + context.getRemainingTimeInMillis());
      };
    }

    @Override
    protected Map<String, String> about(Question input) {
      return Map.of("run", input.name());
    }

    @Override
    protected Answer refused(RefusedException refusal) {
      return new Answer(refusal.getMessage(), null);
    }
  }

  private static String answer(String request) throws IOException {
    var answer = new ByteArrayOutputStream();
    new Echo()
        .handleRequest(
            new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)),
            answer,
            Invocations.with(7));
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Test
  void bytesGoInAndBytesComeOut() throws IOException {
    assertThat(answer("{\"name\": \"ü\"}")).isEqualTo("{\"failure\":null,\"text\":\"ü7\"}");
  }

  @Test
  void aFieldThatANewerVersionAddsIsPassedOver() throws IOException {
    assertThat(answer("{\"name\": \"a\", \"later\": {}}")).contains("a7");
  }

  @Test
  void aRefusalIsAnAnswer() throws IOException {
    assertThat(answer("{\"name\": \"refused\"}"))
        .isEqualTo("{\"failure\":\"This is not possible.\",\"text\":null}");
  }

  @Test
  void whatARepeatMayMendIsThrownUnderTheNameThatTheWorkflowKnows() {
    assertThatThrownBy(() -> answer("{\"name\": \"transient\"}"))
        .satisfies(
            thrown ->
                assertThat(thrown.getClass().getName())
                    .isEqualTo("quickpage.index.model.TransientFailure"));
  }

  @Test
  void aDefectIsThrownAsItIs() {
    assertThatThrownBy(() -> answer("{\"name\": \"defect\"}"))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | No content to map",
        "null                            | it is null.",
        "{}                              | name is missing.",
        "{\"name\": null}                | name is missing.",
        "{\"name\": \"a\"                | Unexpected end-of-input",
        "[]                              | Cannot deserialize",
        "{\"name\": \"a\", \"number\": {}} | Cannot deserialize"
      })
  void aRequestThatCannotBeReadIsRefused(String request, String why) throws IOException {
    assertThat(answer(request)).startsWith("{\"failure\":\"The Question cannot be read: " + why);
  }
}
