package quickpage.index.stack;

import java.util.List;
import quickpage.index.site.publish.Publications;
import quickpage.index.site.publish.Publications.Kept;

/** What is kept of a deployed stack's publications. */
public final class History {

  private History() {}

  /** The newest first; nothing before the first run. */
  public static List<Kept> of(Account account, Deployment deployment) {
    return Publications.of(account.objects(deployment.bucket()), deployment.prefix()).history();
  }
}
