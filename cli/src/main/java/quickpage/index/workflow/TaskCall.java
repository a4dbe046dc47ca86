package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One call of a function by a Task, with Lambda's limits and Lambda's ways of failing. */
final class TaskCall {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TaskCall() {}

  /**
   * Calls the function and waits for it.
   *
   * @return what {@code lambda:invoke} gives: {@code {"ExecutedVersion", "Payload", "StatusCode"}}
   */
  static JsonNode call(State.Task task, Map<String, JsonNode> scope, Surroundings surroundings)
      throws StateFailedException, InterruptedException {
    JsonNode payload = Limits.checkState("The payload", task.payload().evaluate(scope));
    byte[] answer = invoke(task, Limits.bytes(payload), surroundings);
    if (answer.length > Limits.LAMBDA_PAYLOAD_BYTES) {
      throw new StateFailedException(
          "Function.ResponseSizeTooLarge",
          "The function answered %,d bytes; at most %,d are allowed."
              .formatted(answer.length, Limits.LAMBDA_PAYLOAD_BYTES));
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("ExecutedVersion", "$LATEST").set("Payload", parse(answer));
    result.put("StatusCode", 200);
    return Limits.checkState("The answer of the function " + task.functionName(), result);
  }

  private static byte[] invoke(State.Task task, byte[] payload, Surroundings surroundings)
      throws StateFailedException, InterruptedException {
    surroundings.deadline().check();
    Duration remaining = surroundings.deadline().remaining();
    Duration limit = task.timeout().compareTo(remaining) < 0 ? task.timeout() : remaining;
    Invocation invocation =
        new Invocation(() -> surroundings.functions().invoke(task.functionName(), payload, limit));
    Future<byte[]> answer = surroundings.threads().submit(invocation);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (limit.equals(remaining)) {
        throw new Surroundings.Deadline.ReachedException();
      }
      answer.cancel(true);
      invocation.awaitEnd(surroundings.deadline());
      throw new StateFailedException(
          StateFailedException.TIMEOUT,
          "The function %s gave no answer within %d s."
              .formatted(task.functionName(), limit.toSeconds()));
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * A call whose end can be waited for when nobody waits for its answer any more: Lambda ends a
   * function that is out of time, and here a repeat must not overlap what still writes.
   */
  private static final class Invocation implements Callable<byte[]> {
    private final Callable<byte[]> call;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    Invocation(Callable<byte[]> call) {
      this.call = call;
    }

    @Override
    public byte[] call() throws Exception {
      if (!begun.compareAndSet(false, true)) {
        throw new CancellationException();
      }
      try {
        return call.call();
      } finally {
        ended.countDown();
      }
    }

    /** Waits until a call that was cancelled has ended; one that has not begun never will. */
    void awaitEnd(Surroundings.Deadline deadline) throws InterruptedException {
      boolean never = begun.compareAndSet(false, true);
      if (!never && !ended.await(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Surroundings.Deadline.ReachedException();
      }
    }
  }

  private static StateFailedException failure(Throwable thrown) {
    String type =
        thrown instanceof FunctionErrorException error
            ? error.errorType()
            : thrown.getClass().getName();
    // The cause of a failed Lambda function is JSON, in a text.
    ObjectNode cause = JsonNodeFactory.instance.objectNode();
    cause.put("errorMessage", thrown.getMessage()).put("errorType", type);
    return new StateFailedException(type, cause.toString());
  }

  private static JsonNode parse(byte[] answer) throws StateFailedException {
    try {
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new StateFailedException(
          "Lambda.Unknown", "The function answered something that is no JSON.");
    }
  }
}
