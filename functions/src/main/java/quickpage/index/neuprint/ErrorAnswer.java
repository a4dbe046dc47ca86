package quickpage.index.neuprint;

import java.io.IOException;

/** An answer with status 200 that holds an error instead of rows. */
final class ErrorAnswer extends IOException {
  private static final long serialVersionUID = 1L;

  private final String text;

  ErrorAnswer(String text) {
    super("an error with status 200");
    this.text = text;
  }

  /** The server's text; may quote the query. */
  String text() {
    return text;
  }
}
