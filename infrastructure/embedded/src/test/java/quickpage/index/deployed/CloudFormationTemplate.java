package quickpage.index.deployed;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A template with the values that a deployment of it has: parameters as given, or their defaults,
 * and names of created resources as the caller makes them up. It knows the intrinsic functions that
 * the properties which tests look at use, and stumbles over any other.
 */
final class CloudFormationTemplate {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");

  private final Map<?, ?> tree;
  private final Map<String, String> references;

  /**
   * Reads a template.
   *
   * @param references by parameter, pseudo parameter, resource ({@code CacheTable}) or attribute
   *     ({@code CacheTable.Arn})
   */
  static CloudFormationTemplate read(Path file, Map<String, String> references) throws IOException {
    try (Reader text = Files.newBufferedReader(file)) {
      return new CloudFormationTemplate(new Yaml(new Tags()).load(text), references);
    }
  }

  private CloudFormationTemplate(Map<?, ?> tree, Map<String, String> references) {
    this.tree = tree;
    this.references = references;
  }

  /** Makes {@code !Sub x} what its long form {@code Fn::Sub: x} is. */
  private static final class Tags extends SafeConstructor {
    Tags() {
      super(new LoaderOptions());
      yamlMultiConstructors.put("!", new Intrinsic());
    }

    private final class Intrinsic extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        String name = node.getTag().getValue().substring(1);
        return Map.of(name.equals("Ref") ? name : "Fn::" + name, argument(node));
      }

      private Object argument(Node node) {
        if (node instanceof ScalarNode scalar) {
          return constructScalar(scalar);
        }
        return node instanceof SequenceNode sequence
            ? constructSequence(sequence)
            : constructMapping((MappingNode) node);
      }
    }
  }

  /** Properties of a resource, nothing in them resolved. */
  Map<?, ?> properties(String resource) {
    return (Map<?, ?>) at(tree, "Resources", resource, "Properties");
  }

  /**
   * Statements of the role that a function names; with the parameters as they are, the role has
   * nothing beside its own policies. A boundary takes from them and never adds.
   */
  List<Statement> policyOf(String function) {
    Map<?, ?> properties = properties(function);
    String role = ((String) at(properties, "Role", "Fn::GetAtt")).replaceFirst("\\.Arn$", "");
    if (properties.containsKey("Policies")
        || !isNothing(properties(role).get("ManagedPolicyArns"))) {
      throw new IllegalStateException(function + " has permissions beside its role's own policies");
    }
    return ((List<?>) properties(role).get("Policies"))
        .stream()
            .flatMap(policy -> ((List<?>) at(policy, "PolicyDocument", "Statement")).stream())
            .filter(statement -> !isNothing(statement))
            .map(statement -> statement((Map<?, ?>) resolve(statement)))
            .toList();
  }

  /** Statements of a policy that is a resource of its own and goes with a role. */
  List<Statement> policy(String resource) {
    return ((List<?>) at(properties(resource), "PolicyDocument", "Statement"))
        .stream().map(statement -> statement((Map<?, ?>) resolve(statement))).toList();
  }

  private static Statement statement(Map<?, ?> resolved) {
    if (!"Allow".equals(resolved.get("Effect"))) {
      throw new IllegalStateException("a role's policy denies something: " + resolved);
    }
    Map<String, Map<String, List<String>>> conditions = new LinkedHashMap<>();
    Map<?, ?> given = (Map<?, ?>) Objects.requireNonNullElse(resolved.get("Condition"), Map.of());
    given.forEach(
        (operator, keys) -> {
          Map<String, List<String>> patterns = new LinkedHashMap<>();
          ((Map<?, ?>) keys).forEach((key, values) -> patterns.put((String) key, texts(values)));
          conditions.put((String) operator, patterns);
        });
    return new Statement(
        (String) resolved.get("Sid"),
        texts(resolved.get("Action")),
        texts(resolved.get("Resource")),
        conditions);
  }

  private static List<String> texts(Object oneOrMany) {
    List<?> many = oneOrMany instanceof List<?> list ? list : List.of(oneOrMany);
    return many.stream().map(String.class::cast).toList();
  }

  /** A function's environment variables. */
  Map<String, String> environmentOf(String function) {
    Map<?, ?> variables = (Map<?, ?>) resolve(at(properties(function), "Environment", "Variables"));
    return variables.entrySet().stream()
        .collect(
            Collectors.toMap(entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
  }

  /** Names of all resources of a type. */
  List<String> resources(String type) {
    Map<?, ?> resources = (Map<?, ?>) tree.get("Resources");
    return resources.entrySet().stream()
        .filter(resource -> at(resource.getValue(), "Type").equals(type))
        .map(resource -> (String) resource.getKey())
        .toList();
  }

  /** A property of a resource with its values in; null if the resource has none of this name. */
  Object property(String resource, String name) {
    Object property = properties(resource).get(name);
    return property == null ? null : resolve(property);
  }

  private static Object at(Object node, String... path) {
    Object found = node;
    for (String name : path) {
      found = Objects.requireNonNull(((Map<?, ?>) found).get(name), name);
    }
    return found;
  }

  private Object resolve(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().filter(one -> !isNothing(one)).map(this::resolve).toList();
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node.toString();
    }
    String only = map.size() == 1 ? (String) map.keySet().iterator().next() : "";
    if (only.equals("Ref") || only.startsWith("Fn::")) {
      return intrinsic(only, map.get(only));
    }
    Map<Object, Object> resolved = new LinkedHashMap<>();
    map.forEach((key, value) -> resolved.put(key, resolve(value)));
    return resolved;
  }

  /** {@code !If [Condition, something, !Ref AWS::NoValue]}, where the condition does not hold. */
  private boolean isNothing(Object node) {
    if (node == null) {
      return true;
    }
    if (node instanceof Map<?, ?> map && map.get("Fn::If") instanceof List<?> choice) {
      return isNothing(choice.get(holds((String) choice.get(0)) ? 1 : 2));
    }
    return Map.of("Ref", "AWS::NoValue").equals(node);
  }

  private Object intrinsic(String name, Object argument) {
    return switch (name) {
      case "Ref", "Fn::GetAtt" -> reference((String) argument);
      case "Fn::Sub" -> substitute(argument);
      case "Fn::If" -> {
        List<?> choice = (List<?>) argument;
        yield resolve(choice.get(holds((String) choice.get(0)) ? 1 : 2));
      }
      case "Fn::Join" -> {
        List<?> parts = (List<?>) argument;
        yield ((List<?>) resolve(parts.get(1)))
            .stream().map(String.class::cast).collect(Collectors.joining((String) parts.get(0)));
      }
      case "Fn::FindInMap" -> {
        List<?> path = (List<?>) argument;
        yield at(
                tree,
                "Mappings",
                (String) path.get(0),
                (String) resolve(path.get(1)),
                (String) resolve(path.get(2)))
            .toString();
      }
      default -> throw new IllegalStateException("the intrinsic function " + name);
    };
  }

  private boolean holds(String condition) {
    return isTrue(at(tree, "Conditions", condition));
  }

  private boolean isTrue(Object test) {
    Map<?, ?> map = (Map<?, ?>) test;
    if (map.containsKey("Fn::Condition")) {
      return holds((String) map.get("Fn::Condition"));
    }
    if (map.containsKey("Fn::And")) {
      return ((List<?>) map.get("Fn::And")).stream().allMatch(this::isTrue);
    }
    if (map.containsKey("Fn::Not")) {
      return !isTrue(((List<?>) map.get("Fn::Not")).get(0));
    }
    List<?> sides = (List<?>) at(map, "Fn::Equals");
    return resolve(sides.get(0)).equals(resolve(sides.get(1)));
  }

  private String reference(String name) {
    String known = references.get(name);
    if (known != null) {
      return known;
    }
    Map<?, ?> parameter = (Map<?, ?>) ((Map<?, ?>) tree.get("Parameters")).get(name);
    if (parameter == null || !parameter.containsKey("Default")) {
      throw new IllegalStateException("nothing is known of " + name);
    }
    return parameter.get("Default").toString();
  }

  private String substitute(Object argument) {
    List<?> parts = argument instanceof List<?> list ? list : List.of(argument, Map.of());
    Map<?, ?> own = (Map<?, ?>) resolve(parts.get(1));
    return VARIABLE
        .matcher((String) parts.get(0))
        .replaceAll(
            found -> {
              Object value = own.get(found.group(1));
              return Matcher.quoteReplacement(
                  value == null ? reference(found.group(1)) : (String) value);
            });
  }
}
