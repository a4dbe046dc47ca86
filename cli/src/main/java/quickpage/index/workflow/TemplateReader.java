package quickpage.index.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON values with expressions, and refuses an expression that could not work: one that names
 * a variable that nothing assigns, a part of {@code $states} that the place does not have, or a
 * function that AWS or the JSONata engine here lacks.
 *
 * @param variables what the states of this scope assign. Those of an outer scope are not visible in
 *     the children of a Distributed Map.
 */
record TemplateReader(Set<String> variables) {
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("sum count max min average string substring substringBefore substringAfter lowercase"
                  + " uppercase length trim pad match contains replace split join formatNumber"
                  + " formatBase formatInteger parseInteger number floor ceil round abs sqrt power"
                  + " boolean not map zip filter single reduce sift keys lookup append exists"
                  + " spread merge reverse each error assert type sort distinct base64encode"
                  + " base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl"
                  + " toMillis fromMillis now millis")
              .split(" "));

  /** String literals, quoted names and comments: what a dollar sign in them says is nothing. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`|/\\*.*?\\*/", Pattern.DOTALL);

  private static final Pattern NAME = Pattern.compile("\\$(\\w+)(?:\\s*\\.\\s*(\\w+))?");
  private static final Pattern LOCAL = Pattern.compile("\\$(\\w+)\\s*:=");

  /** Parts of {@code $states} that an expression before the state's work may use. */
  static final Set<String> BEFORE = Set.of("input", "context");

  /** … and after it, in Assign and Output. */
  static final Set<String> AFTER = Set.of("input", "context", "result");

  /** … and in a Catch. */
  static final Set<String> CAUGHT = Set.of("input", "context", "errorOutput");

  Template read(Fields fields, String field, Set<String> states) {
    return read(fields.where() + ", " + field, fields.require(field), states);
  }

  /** Null if the field is absent. */
  Template readIfPresent(Fields fields, String field, Set<String> states) {
    return fields.has(field) ? read(fields, field, states) : null;
  }

  /** The variables that an {@code Assign} sets; none if it is absent. */
  Map<String, Template> assignments(Fields fields, Set<String> states) {
    Map<String, Template> assigned = new LinkedHashMap<>();
    if (fields.has("Assign")) {
      for (Map.Entry<String, JsonNode> member : fields.require("Assign").properties()) {
        String where = fields.where() + ", Assign, " + member.getKey();
        assigned.put(member.getKey(), read(where, member.getValue(), states));
      }
    }
    return assigned;
  }

  /** A string that is one expression, whole. */
  Expression expression(Fields fields, String field, Set<String> states) {
    if (read(fields, field, states) instanceof Template.Query query) {
      return query.expression();
    }
    throw fields.wrong(field, "must be an expression: {% … %}");
  }

  private Template read(String where, JsonNode value, Set<String> states) {
    if (value.isObject()) {
      Map<String, Template> members = new LinkedHashMap<>();
      value
          .properties()
          .forEach(
              member ->
                  members.put(
                      member.getKey(),
                      read(where + ", " + member.getKey(), member.getValue(), states)));
      return new Template.Members(members);
    }
    if (value.isArray()) {
      List<Template> elements = new ArrayList<>();
      for (JsonNode element : value) {
        elements.add(read(where + "[" + elements.size() + "]", element, states));
      }
      return new Template.Elements(elements);
    }
    if (!value.isTextual()) {
      return new Template.Literal(value);
    }
    String text = value.textValue();
    if (text.startsWith("{%") && text.endsWith("%}") && text.length() >= 4) {
      return new Template.Query(
          compile(where, text.substring(2, text.length() - 2).strip(), states));
    }
    if (text.contains("{%") || text.contains("%}")) {
      throw new UnsupportedWorkflowException(
          where, "an expression must fill its string from {% to %}: " + text);
    }
    return new Template.Literal(value);
  }

  private Expression compile(String where, String source, Set<String> states) {
    String bare = QUOTED.matcher(source).replaceAll("''");
    Set<String> locals = new HashSet<>();
    for (Matcher local = LOCAL.matcher(bare); local.find(); ) {
      locals.add(local.group(1));
    }
    for (Matcher name = NAME.matcher(bare); name.find(); ) {
      String variable = name.group(1);
      if (variable.equals("states")) {
        if (name.group(2) == null || !states.contains(name.group(2))) {
          throw new UnsupportedWorkflowException(
              where, "$states." + name.group(2) + " does not exist here (" + source + ")");
        }
      } else if (!variables.contains(variable)
          && !locals.contains(variable)
          && !FUNCTIONS.contains(variable)) {
        throw new UnsupportedWorkflowException(
            where,
            "$%s is neither a variable that a state of this scope assigns nor a function that is supported (%s)"
                .formatted(variable, source));
      }
    }
    try {
      return new Expression(source);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedWorkflowException(
          where, "not JSONata: " + e.getMessage() + " (" + source + ")");
    }
  }
}
