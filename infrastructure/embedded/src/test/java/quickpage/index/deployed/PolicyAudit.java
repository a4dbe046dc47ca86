package quickpage.index.deployed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Compares what a role allows with what was called. */
final class PolicyAudit {

  private PolicyAudit() {}

  /** Sentences on what is called and not allowed, and on what is allowed and never called. */
  static List<String> complaints(List<Statement> policy, Collection<RecordedAwsCall> calls) {
    List<String> complaints = new ArrayList<>();
    for (RecordedAwsCall call : calls) {
      if (policy.stream().noneMatch(statement -> statement.allows(call))) {
        complaints.add("No statement allows " + call + ".");
      }
    }
    for (Statement statement : policy) {
      for (String action : statement.actions()) {
        for (String resource : statement.resources()) {
          if (action.contains("*")
              || calls.stream().noneMatch(call -> statement.allows(call, action, resource))) {
            complaints.add(
                "%s allows %s on %s, which is never called."
                    .formatted(statement.sid(), action, resource));
          }
        }
      }
    }
    return complaints;
  }
}
