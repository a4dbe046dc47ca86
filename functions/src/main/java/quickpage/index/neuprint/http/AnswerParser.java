package quickpage.index.neuprint.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of an answer with status 200, once, as it arrives. */
@FunctionalInterface
public interface AnswerParser<T> {

  /**
   * Reads to the end.
   *
   * @throws IOException if the body breaks off or is not what was expected
   */
  T parse(InputStream body) throws IOException;
}
