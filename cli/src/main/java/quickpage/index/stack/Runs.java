package quickpage.index.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import quickpage.index.error.RefusedException;
import quickpage.index.json.Json;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.run.RunFolder;
import quickpage.index.site.store.ObjectStore;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.MapRunItemCounts;

/** The runs of a deployed stack. */
public final class Runs {

  /** Some retries of one task fit in; a state that was entered longer ago was seen before. */
  private static final int EVENTS = 50;

  private final SfnClient stepFunctions;
  private final ObjectStore site;
  private final Deployment deployment;

  private Runs(SfnClient stepFunctions, ObjectStore site, Deployment deployment) {
    this.stepFunctions = stepFunctions;
    this.site = site;
    this.deployment = deployment;
  }

  public static Runs of(Account account, Deployment deployment) {
    return new Runs(account.stepFunctions(), account.objects(deployment.bucket()), deployment);
  }

  /**
   * Starts a run.
   *
   * @param name 1 to 80 letters, digits, hyphens, underscores and dots
   * @param input the run input
   */
  public DeployedRun start(String name, JsonNode input) {
    try {
      String arn =
          AwsCall.of(
                  "start a run of the stack " + deployment.stack(),
                  () ->
                      stepFunctions.startExecution(
                          request ->
                              request
                                  .stateMachineArn(deployment.stateMachine())
                                  .name(name)
                                  .input(input.toString())))
              .executionArn();
      return described(arn).orElseThrow(() -> missing(name));
    } catch (RefusedException e) {
      if (e.getCause() instanceof ExecutionAlreadyExistsException) {
        throw new WrongSettingException(
            "There was a run %s before: choose another name.".formatted(name), e);
      }
      throw e;
    }
  }

  /**
   * The run of a name.
   *
   * @param name the execution's name or its ARN
   * @throws WrongSettingException if Step Functions knows none
   */
  public DeployedRun named(String name) {
    return described(name.startsWith("arn:") ? name : deployment.executions() + name)
        .orElseThrow(() -> missing(name));
  }

  private WrongSettingException missing(String name) {
    return new WrongSettingException(
        "The stack %s has no run %s, or it is more than 90 days old."
            .formatted(deployment.stack(), name));
  }

  private Optional<DeployedRun> described(String arn) {
    try {
      return Optional.of(
          DeployedRun.of(
              AwsCall.of(
                  "look at the run " + arn.substring(arn.lastIndexOf(':') + 1),
                  () -> stepFunctions.describeExecution(request -> request.executionArn(arn)))));
    } catch (RefusedException e) {
      if (e.getCause() instanceof ExecutionDoesNotExistException
          || e.getCause() instanceof InvalidArnException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The run that was started last.
   *
   * @throws WrongSettingException if there was none
   */
  public DeployedRun latest() {
    List<ExecutionListItem> executions =
        AwsCall.of(
                "list the runs of the stack " + deployment.stack(),
                () ->
                    stepFunctions.listExecutions(
                        request -> request.stateMachineArn(deployment.stateMachine())))
            .executions();
    String arn =
        executions.stream()
            .max(Comparator.comparing(ExecutionListItem::startDate))
            .orElseThrow(
                () ->
                    new WrongSettingException(
                        "The stack %s has had no run yet: begin one with start."
                            .formatted(deployment.stack())))
            .executionArn();
    return described(arn).orElseThrow(() -> missing(arn));
  }

  /** The run that a person asked for. */
  public DeployedRun namedOrLatest(String name) {
    return name == null ? latest() : named(name);
  }

  /**
   * Where a run is.
   *
   * @param state null if it is not among the last events
   * @param mapRun ARN of the map's run; null unless one has begun in this state
   */
  record Position(String state, String mapRun) {}

  Position position(DeployedRun run) {
    List<HistoryEvent> latestFirst =
        AwsCall.of(
                "follow the run " + run.name(),
                () ->
                    stepFunctions.getExecutionHistory(
                        request ->
                            request
                                .executionArn(run.arn())
                                .reverseOrder(true)
                                .includeExecutionData(false)
                                .maxResults(EVENTS)))
            .events();
    String mapRun = null;
    for (HistoryEvent event : latestFirst) {
      if (mapRun == null && event.type() == HistoryEventType.MAP_RUN_STARTED) {
        mapRun = event.mapRunStartedEventDetails().mapRunArn();
      }
      if (event.stateEnteredEventDetails() != null) {
        return new Position(event.stateEnteredEventDetails().name(), mapRun);
      }
    }
    return new Position(null, mapRun);
  }

  MapRunItemCounts itemCounts(String mapRun) {
    return AwsCall.of(
            "follow the map of the run",
            () -> stepFunctions.describeMapRun(request -> request.mapRunArn(mapRun)))
        .itemCounts();
  }

  /** The address of a run's report; empty if it has left none. */
  public Optional<String> reportAddress(DeployedRun run) {
    String key = reportKey(run);
    return site.etag(key).map(etag -> deployment.address(key));
  }

  /** The report of a run; empty if it has left none. */
  public Optional<JsonNode> report(DeployedRun run) {
    return site.read(reportKey(run))
        .map(
            stored -> {
              try (stored) {
                return Json.MAPPER.readTree(stored.body());
              } catch (IOException e) {
                throw new TransientFailure("Reading the report ended too early: try again.", e);
              }
            });
  }

  /** The address of a file that a run published. */
  public String address(String path) {
    return deployment.address(deployment.prefix() + path);
  }

  private String reportKey(DeployedRun run) {
    return new RunFolder(site, deployment.prefix(), RunFolder.runName(run.name())).reportKey();
  }
}
