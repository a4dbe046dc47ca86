package quickpage.index.cli;

import picocli.CommandLine.Help.Ansi;

/** Whether a person is watching. */
final class Terminal {

  private Terminal() {}

  /** As picocli decides on colours: a terminal that is not dumb, and nobody has asked for none. */
  static boolean isInteractive() {
    return Ansi.AUTO.enabled();
  }
}
