package quickpage.index.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The user's own browser. */
final class Browser {

  private Browser() {}

  /** Opens an address; gives whether there was something to open it with. */
  static boolean open(String address) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    List<String> command =
        system.contains("mac")
            ? List.of("open", address)
            : system.contains("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                : List.of("xdg-open", address);
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
