package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object of the definition, read field by field. Every method refuses, with the object's place
 * and the field's name, what it does not find as it should be.
 *
 * @param where the place, for example {@code state "PlanRun", Retry[0]}
 */
record Fields(String where, JsonNode object) {

  /** The object at a place, which may have only the given fields. */
  static Fields of(String where, JsonNode object, Set<String> allowed) {
    if (object == null || !object.isObject()) {
      throw new UnsupportedWorkflowException(where, "must be an object");
    }
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(allowed);
    if (!unknown.isEmpty()) {
      throw new UnsupportedWorkflowException(
          where,
          "the field \"%s\" is not supported (supported: %s)"
              .formatted(unknown.iterator().next(), String.join(", ", new TreeSet<>(allowed))));
    }
    return new Fields(where, object);
  }

  Fields object(String field, Set<String> allowed) {
    return of(where + ", " + field, require(field), allowed);
  }

  boolean has(String field) {
    return object.has(field);
  }

  JsonNode require(String field) {
    JsonNode value = object.get(field);
    if (value == null) {
      throw new UnsupportedWorkflowException(where, "the field \"" + field + "\" is missing");
    }
    return value;
  }

  String text(String field) {
    JsonNode value = require(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw wrong(field, "must be text");
    }
    return value.textValue();
  }

  String constant(String field, String only) {
    if (!text(field).equals(only)) {
      throw wrong(field, "must be \"" + only + "\", not \"" + text(field) + "\"");
    }
    return only;
  }

  /** A whole number written out, not an expression. */
  int wholeNumber(String field, int least, int most) {
    JsonNode value = require(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw wrong(field, "must be a whole number from %d to %d".formatted(least, most));
    }
    return value.intValue();
  }

  int wholeNumber(String field, int least, int most, int absent) {
    return has(field) ? wholeNumber(field, least, most) : absent;
  }

  double number(String field, double least, double absent) {
    if (!has(field)) {
      return absent;
    }
    JsonNode value = require(field);
    if (!value.isNumber() || value.doubleValue() < least) {
      throw wrong(field, "must be a number from " + least);
    }
    return value.doubleValue();
  }

  /** {@code TimeoutSeconds}, which every Task and the machine must have. */
  Duration timeout() {
    return Duration.ofSeconds(wholeNumber("TimeoutSeconds", 1, 99_999_999));
  }

  List<JsonNode> list(String field) {
    if (!has(field)) {
      return List.of();
    }
    JsonNode value = require(field);
    if (!value.isArray() || value.isEmpty()) {
      throw wrong(field, "must be a list that is not empty");
    }
    return List.copyOf(value.valueStream().toList());
  }

  UnsupportedWorkflowException wrong(String field, String what) {
    return new UnsupportedWorkflowException(where, "the field \"" + field + "\" " + what);
  }
}
