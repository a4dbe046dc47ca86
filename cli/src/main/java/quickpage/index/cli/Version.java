package quickpage.index.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the build. */
final class Version implements IVersionProvider {

  /** Its name and number. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "quickpage-index " + (version == null ? "(unpacked)" : version);
  }

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }
}
