package quickpage.index.stack;

import java.time.Clock;
import quickpage.index.error.RefusedException;
import quickpage.index.lease.DynamoDbSiteLease;
import quickpage.index.lease.SiteName;
import quickpage.index.site.publish.Publications.RolledBack;

/**
 * Publishes the previous index of a deployed stack again. It takes the site's lease as a run would,
 * so that no run publishes meanwhile, and holds starts by upload before it gives the lease back:
 * otherwise the next upload would publish again what was just withdrawn.
 */
public final class StackRollback {

  private final Account account;
  private final Deployment deployment;

  public StackRollback(Account account, Deployment deployment) {
    this.account = account;
    this.deployment = deployment;
  }

  /**
   * Goes back.
   *
   * @param to the publication's number; null for the one before the current
   * @throws RefusedException if a run is at work, there is nothing to go back to, somebody else
   *     changed the page, or the lease was lost
   */
  public RolledBack run(Integer to) {
    String who = account.caller();
    Clock clock = account.clock();
    return new LeasedRollback(
            new DynamoDbSiteLease(account.dynamoDb(), deployment.table(), clock),
            new SiteName(deployment.bucket(), deployment.prefix()),
            account.objects(deployment.bucket()),
            clock)
        .run(
            who,
            to,
            done ->
                new UploadStarts(account, deployment).hold(who, "rollback to " + inWords(done)));
  }

  /** What readers see after a rollback. */
  public static String inWords(RolledBack done) {
    return done.to() == 0
        ? "what was there before the first index"
        : "publication %d (%s, of %s)".formatted(done.to(), done.run(), done.generatedAt());
  }
}
