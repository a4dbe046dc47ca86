package quickpage.index.neuprint;

import java.io.IOException;

/** An answer that is not the JSON which NeuPrint writes; the text never quotes the answer. */
final class Unreadable extends IOException {
  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message);
  }
}
