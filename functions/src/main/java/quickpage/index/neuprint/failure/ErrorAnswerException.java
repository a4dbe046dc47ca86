package quickpage.index.neuprint.failure;

import java.io.IOException;

/** An answer with status 200 that holds an error instead of rows. */
public final class ErrorAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String text;

  public ErrorAnswerException(String text) {
    super("an error with status 200");
    this.text = text;
  }

  /** The server's text; may quote the query. */
  public String text() {
    return text;
  }
}
