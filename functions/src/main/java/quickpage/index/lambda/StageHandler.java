package quickpage.index.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import quickpage.index.model.Json;
import quickpage.index.model.Refusal;

/**
 * A stage as a Lambda function: reads the request record, answers the result record, and turns a
 * {@link Refusal} into an answer, for a refusal is not something to retry. Exceptions go to the
 * workflow, whose Retry knows {@link quickpage.index.model.TransientFailure} by its class name.
 *
 * @param <I> the request
 * @param <O> the answer
 */
public abstract class StageHandler<I, O> implements RequestStreamHandler {

  private final Class<I> request;

  protected StageHandler(Class<I> request) {
    this.request = request;
  }

  /** Runs the stage. */
  protected abstract O answer(I input, Context context);

  /** The answer of a stage that refuses. */
  protected abstract O refused(Refusal refusal);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    O answer;
    try {
      answer = answer(parse(input), context);
    } catch (Refusal e) {
      answer = refused(e);
    }
    output.write(Json.bytes(answer));
  }

  private I parse(InputStream input) throws IOException {
    I parsed;
    try {
      parsed = Json.MAPPER.readValue(input, request);
    } catch (ValueInstantiationException e) {
      throw unreadable(e.getCause().getMessage(), e);
    } catch (JsonProcessingException e) {
      throw unreadable(e.getOriginalMessage(), e);
    }
    if (parsed == null) {
      throw unreadable("it is null", null);
    }
    return parsed;
  }

  private Refusal unreadable(String why, Exception cause) {
    return new Refusal("The %s cannot be read: %s.".formatted(request.getSimpleName(), why), cause);
  }
}
