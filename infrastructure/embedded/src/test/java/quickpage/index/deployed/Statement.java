package quickpage.index.deployed;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement of a role's policy that allows something.
 *
 * @param conditions by operator, then by condition key, the patterns of which a value has to match
 *     one
 */
record Statement(
    String sid,
    List<String> actions,
    List<String> resources,
    Map<String, Map<String, List<String>>> conditions) {

  /** The operators that the template uses; another has to be understood here first. */
  private static final String EACH_VALUE_IS_LIKE = "ForAllValues:StringLike";

  private static final String IS_MISSING = "Null";

  boolean allows(RecordedAwsCall call) {
    return actions.stream().anyMatch(action -> allows(call, action));
  }

  private boolean allows(RecordedAwsCall call, String action) {
    return resources.stream().anyMatch(resource -> allows(call, action, resource));
  }

  /** Whether one action on one resource pattern of this statement is what the call needs. */
  boolean allows(RecordedAwsCall call, String action, String resource) {
    return like(action, call.action()) && like(resource, call.resource()) && meetsConditions(call);
  }

  private boolean meetsConditions(RecordedAwsCall call) {
    return conditions.entrySet().stream()
        .allMatch(
            operator ->
                operator.getValue().entrySet().stream()
                    .allMatch(
                        key ->
                            holds(
                                operator.getKey(),
                                call.keys().getOrDefault(key.getKey(), List.of()),
                                key.getValue())));
  }

  private boolean holds(String operator, List<String> values, List<String> given) {
    return switch (operator) {
      // True as well where the call has no such key.
      case EACH_VALUE_IS_LIKE ->
          values.stream()
              .allMatch(value -> given.stream().anyMatch(pattern -> like(pattern, value)));
      case IS_MISSING -> given.equals(List.of(Boolean.toString(values.isEmpty())));
      default -> throw new IllegalStateException(sid + " has a condition " + operator);
    };
  }

  /** IAM's wildcards: {@code *} is any text, {@code ?} any character. */
  static boolean like(String pattern, String value) {
    String regex =
        pattern
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
  }

  Statement without(String action) {
    return with(actions.stream().filter(one -> !one.equals(action)));
  }

  Statement and(String action) {
    return with(Stream.concat(actions.stream(), Stream.of(action)));
  }

  private Statement with(Stream<String> changed) {
    return new Statement(sid, changed.toList(), resources, conditions);
  }
}
