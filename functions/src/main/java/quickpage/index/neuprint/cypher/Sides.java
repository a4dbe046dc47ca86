package quickpage.index.neuprint.cypher;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quickpage.index.model.SideCounts;
import quickpage.index.model.SideRule;
import quickpage.index.text.WhiteSpace;

/**
 * The side of a neuron (docs/index-semantics.md, "Neurons and sides"), and the neurons of a type by
 * side.
 */
public final class Sides {

  /** The values of {@code side} that say something; every other one counts as missing. */
  static final Map<String, Side> SIDE_WORDS =
      Map.ofEntries(
          Map.entry("LEFT", Side.LEFT),
          Map.entry("left", Side.LEFT),
          Map.entry("L", Side.LEFT),
          Map.entry("RIGHT", Side.RIGHT),
          Map.entry("right", Side.RIGHT),
          Map.entry("R", Side.RIGHT),
          Map.entry("CENTER", Side.MIDDLE),
          Map.entry("center", Side.MIDDLE),
          Map.entry("C", Side.MIDDLE),
          Map.entry("MIDDLE", Side.MIDDLE),
          Map.entry("middle", Side.MIDDLE),
          Map.entry("M", Side.MIDDLE));

  private static final Pattern IN_INSTANCE =
      Pattern.compile("(?:_|-|\\()([LRMlrm])(?:_|\\)|$|[^a-zA-Z])");

  private long total;
  private long left;
  private long right;
  private long middle;

  /** Where a neuron's soma or root is. */
  public enum Side {
    LEFT,
    RIGHT,
    MIDDLE,
    UNKNOWN
  }

  /**
   * The side of one neuron; each property null or empty where it has none.
   *
   * @param instance for {@link SideRule#INSTANCE_SUFFIX} its last two characters are enough
   */
  public static Side of(
      SideRule rule, String rootSide, String somaSide, String side, String instance) {
    return switch (rule) {
      case PROPERTIES -> ofLetter(first(rootSide, somaSide));
      case ANY_SPELLING -> {
        Side found = Side.UNKNOWN;
        for (String value : new String[] {rootSide, somaSide, side}) {
          found = found == Side.UNKNOWN ? ofFirstLetter(value) : found;
        }
        yield found;
      }
      case INSTANCE_SUFFIX -> {
        String end = instance == null ? "" : instance;
        yield end.endsWith("_L") ? Side.LEFT : end.endsWith("_R") ? Side.RIGHT : Side.UNKNOWN;
      }
      case INSTANCE_PATTERN -> inInstance(instance);
      case FLYWIRE, FLYWIRE_WITH_INSTANCE -> {
        String letter = first(rootSide, somaSide);
        if (letter != null) {
          yield ofLetter(letter);
        }
        Side word = side == null ? null : SIDE_WORDS.get(side);
        if (word != null) {
          yield word;
        }
        yield rule == SideRule.FLYWIRE ? Side.UNKNOWN : inInstance(instance);
      }
    };
  }

  /** Whether the rule holds only as long as no neuron of the dataset has a side property. */
  public static boolean restOnNoSideProperty(SideRule rule) {
    return switch (rule) {
      case INSTANCE_SUFFIX, INSTANCE_PATTERN, FLYWIRE -> true;
      case PROPERTIES, ANY_SPELLING, FLYWIRE_WITH_INSTANCE -> false;
    };
  }

  /** Adds neurons that are alike in every property that the rule looks at. */
  public void add(Side side, long neurons) {
    total = Math.addExact(total, neurons);
    switch (side) {
      case LEFT -> left += neurons;
      case RIGHT -> right += neurons;
      case MIDDLE -> middle += neurons;
      case UNKNOWN -> {}
    }
  }

  public SideCounts counts() {
    return new SideCounts(total, left, right, middle);
  }

  private static String first(String rootSide, String somaSide) {
    if (rootSide != null && !rootSide.isEmpty()) {
      return rootSide;
    }
    return somaSide == null || somaSide.isEmpty() ? null : somaSide;
  }

  private static Side ofLetter(String letter) {
    if (letter == null) {
      return Side.UNKNOWN;
    }
    return switch (letter) {
      case "L" -> Side.LEFT;
      case "R" -> Side.RIGHT;
      case "M" -> Side.MIDDLE;
      default -> Side.UNKNOWN;
    };
  }

  /** Words such as na, none or unknown say nothing. */
  private static Side ofFirstLetter(String value) {
    String trimmed = value == null ? "" : WhiteSpace.strip(value);
    return trimmed.isEmpty()
        ? Side.UNKNOWN
        : switch (trimmed.charAt(0)) {
          case 'L', 'l' -> Side.LEFT;
          case 'R', 'r' -> Side.RIGHT;
          case 'M', 'm', 'C', 'c' -> Side.MIDDLE;
          default -> Side.UNKNOWN;
        };
  }

  private static Side inInstance(String instance) {
    Matcher matcher = IN_INSTANCE.matcher(instance == null ? "" : instance);
    return matcher.find() ? ofLetter(matcher.group(1).toUpperCase(Locale.ROOT)) : Side.UNKNOWN;
  }
}
