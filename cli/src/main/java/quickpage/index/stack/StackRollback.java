package quickpage.index.stack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.DynamoDbSiteLease;
import quickpage.index.lease.Lease;
import quickpage.index.lease.SiteLease;
import quickpage.index.lease.SiteName;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.RolledBack;

/**
 * Publishes the previous index of a deployed stack again. It takes the site's lease as a run would,
 * so that no run publishes meanwhile, and holds starts by upload before it gives the lease back:
 * otherwise the next upload would publish again what was just withdrawn.
 */
public final class StackRollback {

  /** A few copies and one PUT of the page; a rollback that is killed leaves no longer wait. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Account account;
  private final Deployment deployment;
  private final Clock clock;

  public StackRollback(Account account, Deployment deployment, Clock clock) {
    this.account = account;
    this.deployment = deployment;
    this.clock = clock;
  }

  /**
   * Goes back.
   *
   * @param to the publication's number; null for the one before the current
   * @throws RefusedException if a run is at work, there is nothing to go back to, or somebody else
   *     changed the page
   */
  public RolledBack run(Integer to) {
    String who = account.caller();
    Instant now = clock.instant();
    String holder = "rollback by %s at %s".formatted(who, now.truncatedTo(ChronoUnit.SECONDS));
    SiteName site = new SiteName(deployment.bucket(), deployment.prefix());
    SiteLease lease = new DynamoDbSiteLease(account.dynamoDb(), deployment.table(), clock);
    String table = "use the lease in the table " + deployment.table();
    Optional<Lease> other =
        AwsCall.of(
            table, () -> lease.take(site, new Lease(holder, holder, now, now.plus(LONGEST))));
    if (other.isPresent()) {
      throw new RefusedException(
          "Nothing was rolled back: %s is at work on %s, until %s at the latest; wait for it, or stop it."
              .formatted(other.get().run(), site.address(), other.get().expires()));
    }
    try {
      RolledBack done =
          Publications.of(account.objects(deployment.bucket()), deployment.prefix()).rollback(to);
      new UploadStarts(account, deployment).hold(who, "rollback to " + inWords(done));
      return done;
    } finally {
      AwsCall.of(table, () -> lease.release(site, holder));
    }
  }

  /** What readers see after a rollback. */
  public static String inWords(RolledBack done) {
    return done.to() == 0
        ? "what was there before the first index"
        : "publication %d (%s, of %s)".formatted(done.to(), done.run(), done.generatedAt());
  }
}
