package quickpage.index.cli;

import picocli.CommandLine.IVersionProvider;
import quickpage.index.io.BuildVersion;

/** The version of the build, and its commit. */
final class Version implements IVersionProvider {

  /** Its name, number and commit. */
  static String text() {
    return "quickpage-index " + BuildVersion.current().sentence();
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
