package quickpage.index.lease;

import java.util.Objects;
import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Remedy;

/** How a run ended. */
public sealed interface RunOutcome {

  /**
   * The page was switched to a new index.
   *
   * @param version of the dataset that it was made of; null if NeuPrint was not asked, or nobody
   *     knows any more
   */
  record Published(DatasetVersion version) implements RunOutcome {}

  /**
   * Nothing was published.
   *
   * @param why a sentence
   */
  record Failed(Remedy remedy, String why) implements RunOutcome {
    public Failed {
      Objects.requireNonNull(remedy, "remedy");
      Objects.requireNonNull(why, "why");
    }
  }

  static Failed later(String why) {
    return new Failed(Remedy.LATER, why);
  }

  static Failed person(String why) {
    return new Failed(Remedy.PERSON, why);
  }
}
