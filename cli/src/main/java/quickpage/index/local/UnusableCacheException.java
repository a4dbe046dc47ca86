package quickpage.index.local;

import java.nio.file.Path;
import quickpage.index.error.RefusedException;

/** The cache of this machine cannot be used; whoever can do without goes on without it. */
public final class UnusableCacheException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * What is wrong with which file.
   *
   * @param reason the end of a sentence, without a full stop
   */
  UnusableCacheException(Path file, String reason, Throwable cause) {
    super("The cache %s cannot be used: %s.".formatted(file, reason), cause);
    this.reason = "The cache %s cannot be used: %s".formatted(file, reason);
  }

  /** The sentence for a run that loses nothing but time by it. */
  String butTheRunGoesOn() {
    return reason + "; the run goes on without it.";
  }
}
