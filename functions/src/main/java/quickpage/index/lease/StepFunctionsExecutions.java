package quickpage.index.lease;

import java.io.UncheckedIOException;
import quickpage.index.model.TransientFailure;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * {@link Executions} of a standard state machine. Step Functions keeps a name for 90 days: starting
 * the same again answers with the one at work, or says that it has ended.
 */
public final class StepFunctionsExecutions implements Executions {

  /** The same for all: another input under the same name would be refused. */
  private static final String INPUT = "{\"Comment\":\"Started by uploads\"}";

  private final SfnClient stepFunctions;
  private final String stateMachine;

  public StepFunctionsExecutions(SfnClient stepFunctions, String stateMachine) {
    this.stepFunctions = stepFunctions;
    this.stateMachine = stateMachine;
  }

  @Override
  public Start start(String name) {
    try {
      stepFunctions.startExecution(b -> b.stateMachineArn(stateMachine).name(name).input(INPUT));
      return Start.AT_WORK;
    } catch (ExecutionAlreadyExistsException e) {
      return Start.HAS_ENDED;
    } catch (SdkException | UncheckedIOException e) {
      throw new TransientFailure("The run %s could not be started.".formatted(name), e);
    }
  }

  @Override
  public Seen look(String name) {
    try {
      DescribeExecutionResponse execution =
          stepFunctions.describeExecution(b -> b.executionArn(arn(name)));
      return new Seen(status(execution.status()), execution.stopDate());
    } catch (ExecutionDoesNotExistException e) {
      return new Seen(Status.FAILED, null);
    } catch (SdkException | UncheckedIOException e) {
      throw new TransientFailure("The run %s could not be looked at.".formatted(name), e);
    }
  }

  private String arn(String name) {
    return stateMachine.replace(":stateMachine:", ":execution:") + ":" + name;
  }

  private static Status status(ExecutionStatus status) {
    return switch (status) {
      case SUCCEEDED -> Status.SUCCEEDED;
      case ABORTED -> Status.STOPPED;
      case FAILED, TIMED_OUT -> Status.FAILED;
      case RUNNING, PENDING_REDRIVE, UNKNOWN_TO_SDK_VERSION -> Status.AT_WORK;
    };
  }
}
