package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.json.Json;
import quickpage.index.lease.Executions;
import quickpage.index.stack.Account;
import quickpage.index.stack.BucketNeeds;
import quickpage.index.stack.BucketNeeds.Need;
import quickpage.index.stack.DeployedRun;
import quickpage.index.stack.Deployment;
import quickpage.index.stack.Runs;

/** {@code quickpage-index start}. */
@Command(
    name = "start",
    description = "Starts a run of a deployed stack.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StartCommand implements Callable<Integer> {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'run'-yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;
  @Mixin private StackFlags stack;

  @Option(names = "--watch", description = "Follow the run to its end, as watch does.")
  private boolean watch;

  @Option(
      names = "--check",
      description =
          "Start nothing; say what the site's bucket still needs, if the stack did not create it."
              + " Exit code 1 if something is missing.")
  private boolean check;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "A name for the run. Default: one made of the time.")
  private String run;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Another dataset of the deployment's server. Default: the deployment's.")
  private String dataset;

  @Mixin private OptionFlags options;

  @Option(names = "--json", description = "Print one JSON object on stdout, progress on stderr.")
  private boolean json;

  @Override
  public Integer call() {
    if (run != null && !run.matches("[A-Za-z0-9_.-]{1,80}")) {
      throw new UsageException(
          "--run %s cannot be a name: 1 to 80 letters, digits, hyphens, underscores and dots can."
              .formatted(run));
    }
    if (run != null && run.startsWith(Executions.BY_UPLOADS)) {
      throw new UsageException(
          "--run %s cannot be a name: runs that uploads start begin with %s."
              .formatted(run, Executions.BY_UPLOADS));
    }
    return stack.with(check ? this::check : this::start);
  }

  private int start(Account account, Deployment deployment) {
    Runs runs = Runs.of(account, deployment);
    DeployedRun begun =
        runs.start(run == null ? NAME.format(Clock.systemUTC().instant()) : run, input());
    if (watch) {
      return WatchCommand.follow(begun, runs, spec.commandLine(), json);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode started = JsonNodeFactory.instance.objectNode();
      started.put("run", begun.name());
      started.put("execution", begun.arn());
      out.println(started);
    } else {
      out.println("Started " + begun.name() + ".");
      out.println(
          "Follow it: quickpage-index watch --stack %s --run %s"
              .formatted(stack.name(), begun.name()));
    }
    return CommandLine.ExitCode.OK;
  }

  private ObjectNode input() {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("Comment", "Started from the command line");
    if (dataset != null) {
      input.putObject("neuprint").put("dataset", dataset);
    }
    input.set("options", options.toJson());
    return input;
  }

  private int check(Account account, Deployment deployment) {
    List<Need> needs = BucketNeeds.of(account, deployment);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode found = Json.MAPPER.createObjectNode();
      found.put("bucket", deployment.bucket());
      found.set("needs", Json.MAPPER.valueToTree(needs));
      out.println(found);
    } else if (needs.isEmpty()) {
      out.println("The bucket %s has all that a site needs.".formatted(deployment.bucket()));
    } else {
      out.println("The bucket %s still needs:".formatted(deployment.bucket()));
      for (Need need : needs) {
        out.println();
        out.println("* " + need.what());
        need.commands().forEach(command -> out.println("    " + command));
      }
    }
    return needs.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
