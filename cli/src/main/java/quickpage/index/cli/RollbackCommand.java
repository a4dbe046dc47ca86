package quickpage.index.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import quickpage.index.local.LocalPublications;
import quickpage.index.site.publish.Publications.RolledBack;
import quickpage.index.stack.StackRollback;

/** {@code quickpage-index rollback}. */
@Command(
    name = "rollback",
    description =
        "Publishes an earlier index again, or what was there before the first one; changes of pages"
            + " then start nothing until a person starts a run, on a stack also until resume.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RollbackCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private FolderOrStack where;

  @Option(
      names = "--to",
      paramLabel = "N",
      description =
          "The publication, as history numbers them; 0 is what was there before the first. Default:"
              + " the one before the current.")
  private Integer to;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    StopSignals.finishFirst();
    RolledBack done =
        where.isStack()
            ? StackFlags.with(
                where.stack(),
                (account, deployment) -> new StackRollback(account, deployment).run(to))
            : new LocalPublications(where.folder()).rollback(to);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("from", done.from()).put("to", done.to());
      answer.put("run", done.to() == 0 ? null : done.run());
      answer.put("generatedAt", done.to() == 0 ? null : done.generatedAt());
      out.println(answer);
    } else {
      out.println(
          "Readers see %s again, instead of publication %d."
              .formatted(StackRollback.inWords(done), done.from()));
      out.println(
          where.isStack()
              ? "Uploads start nothing until: quickpage-index resume " + where.inWords()
              : "Changes of pages start nothing in a serve --watch until a person starts a run.");
    }
    return CommandLine.ExitCode.OK;
  }
}
