package quickpage.index.stack;

import quickpage.index.model.Refusal;

/**
 * What the caller named or set up is not there: credentials, a region, a stack, a run. Nothing was
 * tried beyond looking, and another word on the command line mends it.
 */
public final class WrongSetting extends Refusal {
  private static final long serialVersionUID = 1L;

  WrongSetting(String sentence) {
    super(sentence);
  }

  WrongSetting(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
