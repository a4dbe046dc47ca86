package quickpage.index.workflow;

import java.time.Duration;

/** Calls the function that a Task names. Called from several threads at once. */
@FunctionalInterface
public interface FunctionInvoker {
  /**
   * Calls a function and waits for its answer.
   *
   * @param functionArn the Task's {@code FunctionName}
   * @param payload JSON in UTF-8
   * @param timeLimit how long the workflow will wait; then the calling thread is interrupted and
   *     the answer, if one comes, is ignored
   * @return JSON in UTF-8
   * @throws FunctionErrorException the function failed. Any other exception counts as one whose
   *     error type is the exception's class name, which is what Lambda makes of a Java handler's
   *     exception.
   * @throws InterruptedException the workflow gave up
   */
  byte[] invoke(String functionArn, byte[] payload, Duration timeLimit)
      throws FunctionErrorException, InterruptedException;
}
