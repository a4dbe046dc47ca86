package quickpage.index.cli;

import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** Whether a person is watching. */
final class Terminal {

  private Terminal() {}

  /**
   * Whether stderr, where progress goes, is a terminal that is not dumb, and nobody has asked for
   * plain lines. Java itself only tells whether stdout is one, which is often piped into a program.
   */
  static boolean isInteractive() {
    return !"dumb".equals(System.getenv("TERM"))
        && System.getenv("NO_COLOR") == null
        && new ExecTerminalProvider().isSystemStream(SystemStream.Error);
  }
}
