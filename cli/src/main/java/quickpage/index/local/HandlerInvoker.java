package quickpage.index.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import quickpage.index.error.RefusedException;
import quickpage.index.workflow.FunctionErrorException;
import quickpage.index.workflow.FunctionInvoker;

/** Calls the stages' own handlers, as Lambda would, in this JVM. */
final class HandlerInvoker implements FunctionInvoker {

  /** Lambda's longest; the state machine waits a little longer than a function may run. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Map<String, RequestStreamHandler> handlers;
  private final Consumer<RefusedException> failedFile;

  /**
   * Calls handlers.
   *
   * @param handlers by the name of their function
   * @param failedFile told of a file of the stages' own, such as a temporary one, that the disk
   *     does not take or give
   */
  HandlerInvoker(
      Map<String, RequestStreamHandler> handlers, Consumer<RefusedException> failedFile) {
    this.handlers = Map.copyOf(handlers);
    this.failedFile = failedFile;
  }

  @Override
  public byte[] invoke(String functionArn, byte[] payload, Duration timeLimit)
      throws FunctionErrorException {
    RequestStreamHandler handler = handlers.get(functionArn);
    if (handler == null) {
      throw new FunctionErrorException(
          "Lambda.ResourceNotFoundException", "There is no function " + functionArn + ".");
    }
    Duration limit = timeLimit.compareTo(LONGEST) < 0 ? timeLimit : LONGEST;
    var answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(payload), answer, new LocalContext(functionArn, limit));
    } catch (UncheckedIOException e) {
      failedFile.accept(
          new RefusedException(
              "The run cannot go on: %s: %s."
                  .formatted(e.getMessage(), UnusableFolderException.reason(e.getCause())),
              e));
      throw e;
    } catch (IOException e) {
      throw new FunctionErrorException(e.getClass().getName(), String.valueOf(e.getMessage()));
    }
    return answer.toByteArray();
  }
}
