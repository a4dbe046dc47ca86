package quickpage.index.neuprint;

import java.util.List;
import quickpage.index.model.TypeFacts;

/**
 * Hears of every type of a {@link TypeQuestion} exactly once, as the answers arrive. Called from
 * several threads, never at the same time.
 */
public interface DescribeListener {

  /** The types of one answer. */
  void described(List<TypeFacts> facts);

  /**
   * A type that could not be described.
   *
   * @param reason one sentence, as it is published
   */
  void unavailable(String type, String reason);
}
