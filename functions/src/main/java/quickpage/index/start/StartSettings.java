package quickpage.index.start;

import java.time.Duration;
import quickpage.index.lease.SiteName;

/**
 * What the deployment starts.
 *
 * @param stateMachine its ARN
 * @param quiet how long uploads must rest before they start a run
 */
public record StartSettings(SiteName site, String stateMachine, Duration quiet) {}
