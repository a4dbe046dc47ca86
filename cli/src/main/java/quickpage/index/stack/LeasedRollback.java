package quickpage.index.stack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.Lease;
import quickpage.index.lease.SiteLease;
import quickpage.index.lease.SiteName;
import quickpage.index.model.TransientFailure;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.RolledBack;
import quickpage.index.site.store.ObjectStore;

/**
 * A rollback under the site's lease. Like a run it notes in the lease until when it publishes;
 * unlike a function, nothing ends it then, so it looks before each step whether it still may go on:
 * the machine that it runs on may have slept.
 */
public final class LeasedRollback {

  private static final Logger LOG = LoggerFactory.getLogger(LeasedRollback.class);

  /** A few copies and one PUT of the page; a rollback that is killed leaves no longer wait. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** For clocks that differ, and for a step that has begun. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final SiteLease lease;
  private final SiteName site;
  private final ObjectStore store;
  private final Clock clock;

  /**
   * A rollback of one site.
   *
   * @param clock must agree with those of whoever else takes the lease
   */
  public LeasedRollback(SiteLease lease, SiteName site, ObjectStore store, Clock clock) {
    this.lease = lease;
    this.site = site;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Goes back.
   *
   * @param who as AWS knows them
   * @param to the publication's number; null for the one before the current
   * @param done what is to be done before the lease is given back
   * @throws RefusedException if a run is at work, there is nothing to go back to, somebody else
   *     changed the page, or the lease was lost
   */
  public RolledBack run(String who, Integer to, Consumer<RolledBack> done) {
    Instant now = clock.instant();
    String name = "rollback by %s at %s".formatted(who, now.truncatedTo(ChronoUnit.SECONDS));
    // Two rollbacks of one person in one second are two holders.
    Lease wanted = new Lease(name + " " + UUID.randomUUID(), name, now, now.plus(LONGEST));
    Optional<Lease> other = AwsCall.of(use(), () -> lease.take(site, wanted));
    if (other.isPresent()) {
      throw new RefusedException(
          "Nothing was rolled back: %s is at work on %s, until %s at the latest; wait for it, or stop it."
              .formatted(other.get().run(), site.address(), other.get().expires()));
    }
    try {
      RolledBack rolledBack =
          Publications.of(store, site.prefix()).rollback(to, () -> refuseUnlessHeld(wanted));
      done.accept(rolledBack);
      return rolledBack;
    } finally {
      giveBack(wanted);
    }
  }

  private String use() {
    return "use the lease of " + site.address();
  }

  private void refuseUnlessHeld(Lease mine) {
    Instant until = mine.expires().minus(MARGIN);
    boolean held =
        clock.instant().isBefore(until)
            && AwsCall.of(use(), () -> lease.beginPublishing(site, mine.holder(), mine.expires()));
    if (!held) {
      throw new RefusedException(
          "The rollback took too long and has lost the lease of %s; what a run has published meanwhile stays: look at the history, and roll back again if need be."
              .formatted(site.address()));
    }
  }

  /** What was rolled back stays so; a lease that stays only lets the next run wait for longer. */
  private void giveBack(Lease mine) {
    try {
      AwsCall.of(
          use(),
          () -> {
            lease.endPublishing(site, mine.holder());
            return lease.release(site, mine.holder());
          });
    } catch (RefusedException | TransientFailure e) {
      LOG.warn("The lease of {} stays until {}.", site.address(), mine.expires(), e);
    }
  }
}
