package quickpage.index.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whose publications are meant: a folder's on this machine, or a deployed stack's. */
final class FolderOrStack {

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "A folder on this machine that runs publish in.")
  private Path site;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      description =
          "A deployed stack. Account, region and endpoint come from the usual AWS settings:"
              + " AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, ….")
  private String stack;

  boolean isStack() {
    if ((site == null) == (stack == null)) {
      throw new UsageException("Name a folder with --site DIR or a stack with --stack NAME.");
    }
    return stack != null;
  }

  String stack() {
    return stack;
  }

  Path folder() {
    return SiteFlag.check(site);
  }

  /** As it was given, for a sentence. */
  String inWords() {
    return stack == null ? "--site " + site : "--stack " + stack;
  }
}
