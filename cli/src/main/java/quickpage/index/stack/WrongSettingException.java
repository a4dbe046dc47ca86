package quickpage.index.stack;

import quickpage.index.error.RefusedException;

/**
 * What the caller named or set up is not there: credentials, a region, a stack, a run. Nothing was
 * tried beyond looking, and another word on the command line mends it.
 */
public final class WrongSettingException extends RefusedException {
  private static final long serialVersionUID = 1L;

  WrongSettingException(String sentence) {
    super(sentence);
  }

  WrongSettingException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
