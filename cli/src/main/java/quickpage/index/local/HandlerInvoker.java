package quickpage.index.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import quickpage.index.workflow.FunctionError;
import quickpage.index.workflow.FunctionInvoker;

/** Calls the stages' own handlers, as Lambda would, in this JVM. */
final class HandlerInvoker implements FunctionInvoker {

  /** Lambda's longest; the state machine waits a little longer than a function may run. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Map<String, RequestStreamHandler> handlers;

  HandlerInvoker(Map<String, RequestStreamHandler> handlers) {
    this.handlers = Map.copyOf(handlers);
  }

  @Override
  public byte[] invoke(String functionArn, byte[] payload, Duration timeLimit)
      throws FunctionError {
    RequestStreamHandler handler = handlers.get(functionArn);
    if (handler == null) {
      throw new FunctionError(
          "Lambda.ResourceNotFoundException", "There is no function " + functionArn + ".");
    }
    Duration limit = timeLimit.compareTo(LONGEST) < 0 ? timeLimit : LONGEST;
    var answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(payload), answer, new LocalContext(functionArn, limit));
    } catch (IOException e) {
      throw new FunctionError(e.getClass().getName(), String.valueOf(e.getMessage()));
    }
    return answer.toByteArray();
  }
}
