package quickpage.index.cli;

import quickpage.index.model.Refusal;

/** The command cannot be run as it was given; exit code 2. */
final class WrongUsage extends Refusal {
  private static final long serialVersionUID = 1L;

  WrongUsage(String sentence) {
    super(sentence);
  }

  WrongUsage(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
