package quickpage.index.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.logs.InvocationContext;
import quickpage.index.logs.JsonLogs;
import quickpage.index.model.Remedy;

/**
 * A stage as a Lambda function: reads the request record, answers the result record, and turns a
 * {@link RefusedException} into an answer, for a refusal is not something to retry. Exceptions go
 * to the workflow, whose Retry knows {@link quickpage.index.model.TransientFailure} by its class
 * name.
 *
 * @param <I> the request
 * @param <O> the answer
 */
public abstract class StageHandler<I, O> implements RequestStreamHandler {

  static {
    JsonLogs.chooseInLambda();
  }

  private static final Logger LOG = LoggerFactory.getLogger(StageHandler.class);

  private final Class<I> request;

  /** Held here, for the list of those that a checkpoint concerns does not hold them. */
  private final Resource checkpoint = new Checkpoint();

  protected StageHandler(Class<I> request) {
    this.request = request;
    Core.getGlobalContext().register(checkpoint);
  }

  /** Runs the stage. */
  protected abstract O answer(I input, Context context);

  /** The answer of a stage that refuses. */
  protected abstract O refused(RefusedException refusal);

  /** What log lines say of a request beside the stage: its run, its batch. */
  protected abstract Map<String, String> about(I input);

  /**
   * Loads and runs in, before a snapshot of the function is taken, what its first invocation would
   * otherwise wait for. Every environment is a copy of the snapshot, so nothing that is secret, or
   * must differ between them, or is connected to anything, may be left behind.
   */
  protected void warmUp() {
    Json.bytes(refused(new RefusedException("This is priming.")));
    AwsPriming.run();
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String stage = stage();
    long start = System.nanoTime();
    MDC.put("stage", stage);
    MDC.put(InvocationContext.REQUEST_ID, context.getAwsRequestId());
    try {
      O answer;
      try {
        I parsed = parse(input);
        about(parsed).forEach(MDC::put);
        answer = answer(parsed, context);
        LOG.info("{} answered after {} ms", stage, (System.nanoTime() - start) / 1_000_000);
      } catch (RefusedException e) {
        LOG.info("{} refused: {}", stage, e.getMessage());
        answer = refused(e);
      }
      output.write(Json.bytes(answer));
    } finally {
      MDC.clear();
    }
  }

  /** The handlers of a stage are in its package. */
  private String stage() {
    String stage = getClass().getPackageName();
    return stage.substring(stage.lastIndexOf('.') + 1);
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

  private RefusedException unreadable(String why, Exception cause) {
    // The state machine's definition and this version of the function do not fit, for a while.
    return new RefusedException(
        Remedy.LATER, "The %s cannot be read: %s.".formatted(request.getSimpleName(), why), cause);
  }

  /** Hears of a coming snapshot (SnapStart speaks CRaC); a failed warm-up only costs its gain. */
  private final class Checkpoint implements Resource {

    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
      try {
        warmUp();
      } catch (RuntimeException e) {
        LOG.warn("The stage could not be warmed up; its first invocations will be slower.", e);
      }
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
      // Clients connect and read credentials when they are first used, which is later.
    }
  }
}
