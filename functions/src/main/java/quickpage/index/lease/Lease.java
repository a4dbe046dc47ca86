package quickpage.index.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import quickpage.index.model.run.Execution;

/**
 * The right to work on a site for a while.
 *
 * @param holder ARN of the execution, or whoever else took it, in words
 * @param run the holder's name, for sentences
 * @param taken whole seconds
 * @param expires whole seconds; from then on the site is free, released or not
 */
public record Lease(String holder, String run, Instant taken, Instant expires) {

  /** The state machine's own time limit ({@code TimeoutSeconds}). */
  private static final Duration LONGEST_RUN = Duration.ofHours(2);

  /**
   * A function that was called just before the machine's limit may go on for its own 15 minutes.
   */
  private static final Duration LONGEST_FUNCTION = Duration.ofMinutes(15);

  public Lease {
    Objects.requireNonNull(holder, "holder");
    Objects.requireNonNull(run, "run");
    taken = taken.truncatedTo(ChronoUnit.SECONDS);
    expires = expires.truncatedTo(ChronoUnit.SECONDS);
  }

  /** What an execution takes: it outlives everything that the execution may still do. */
  public static Lease of(Execution execution, Instant now) {
    return new Lease(
        Objects.requireNonNull(execution.id(), "the execution's id is missing"),
        execution.name(),
        now,
        Instant.parse(execution.startTime()).plus(LONGEST_RUN).plus(LONGEST_FUNCTION));
  }

  public boolean heldBy(String whom) {
    return holder.equals(whom);
  }

  public boolean holdsAt(Instant now) {
    return expires.isAfter(now);
  }
}
