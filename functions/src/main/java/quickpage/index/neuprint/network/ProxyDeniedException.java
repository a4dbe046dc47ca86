package quickpage.index.neuprint.network;

import java.io.IOException;

/** A proxy wants a user and password, and has none or other ones than it was given. */
public final class ProxyDeniedException extends IOException {
  private static final long serialVersionUID = 1L;

  ProxyDeniedException(String sentence) {
    super(sentence);
  }
}
