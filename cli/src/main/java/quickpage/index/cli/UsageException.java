package quickpage.index.cli;

import quickpage.index.error.RefusedException;

/** The command cannot be run as it was given; exit code 2. */
final class UsageException extends RefusedException {
  private static final long serialVersionUID = 1L;

  UsageException(String sentence) {
    super(sentence);
  }

  UsageException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
