package quickpage.index.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the build. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"quickpage-index " + (version == null ? "(unpacked)" : version)};
  }
}
