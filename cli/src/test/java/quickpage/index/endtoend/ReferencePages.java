package quickpage.index.endtoend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which page is of which type, found by looking through all types for every page. */
final class ReferencePages {
  private static final Pattern UPSTREAM =
      Pattern.compile("^([A-Za-z0-9_+\\-.,&()']+?)(?:_([LRM]))?\\.html$");

  /** Names that tell that they are no pages, unless the dataset has such a type. */
  private static final Pattern NO_PAGE =
      Pattern.compile("(?s)\\..*|(?i:404|403|500|error|about)\\.html|google.*\\.html");

  private static final Pattern SIDED = Pattern.compile("(?s)^(.+)_([LRM])\\.html$");
  private static final Map<String, String> SIDES =
      Map.of("L", "left", "R", "right", "M", "middle", "", "combined");

  /** Paths by side, by type; of types that the dataset has and of others. */
  final Map<String, Map<String, String>> known = new TreeMap<>(ReferenceIndex.BY_CODE_POINT);

  final Map<String, Map<String, String>> unknown = new TreeMap<>(ReferenceIndex.BY_CODE_POINT);
  final List<String> unmatched = new ArrayList<>();
  final List<String> ambiguous = new ArrayList<>();
  int pages;

  /**
   * Places all pages.
   *
   * @param folder {@code types/} or empty
   * @param files names in that folder
   * @param types null if NeuPrint is not asked
   */
  ReferencePages(String folder, List<String> files, Collection<String> types) {
    for (String file : files) {
      if (file.endsWith(".html") && !isOverview(folder, file)) {
        pages++;
        place(folder, file, types == null ? List.of() : types);
      }
    }
    unmatched.sort(ReferenceIndex.BY_CODE_POINT);
  }

  private static boolean isOverview(String folder, String file) {
    Matcher sided = SIDED.matcher(file);
    String base =
        (sided.matches() ? sided.group(1) : file.substring(0, file.length() - 5))
            .toLowerCase(Locale.ROOT);
    return base.equals("index")
        || base.equals("main")
        || (folder.isEmpty() && (base.equals("types") || base.equals("help")));
  }

  private void place(String folder, String file, Collection<String> types) {
    String whole = typeOf(file.substring(0, file.length() - 5), types);
    Matcher sided = SIDED.matcher(file);
    String path = folder + file;
    if (sided.matches() && typeOf(sided.group(1), types) != null) {
      put(known, typeOf(sided.group(1), types), sided.group(2), path);
      if (whole != null) {
        ambiguous.add(path);
      }
    } else if (whole != null) {
      put(known, whole, "", path);
    } else if (!NO_PAGE.matcher(file).matches()) {
      Matcher upstream = UPSTREAM.matcher(file);
      if (upstream.matches()) {
        put(unknown, upstream.group(1), upstream.group(2) == null ? "" : upstream.group(2), path);
      } else {
        unmatched.add(path);
      }
    }
  }

  private static void put(
      Map<String, Map<String, String>> of, String type, String side, String path) {
    of.computeIfAbsent(type, none -> new TreeMap<>()).put(SIDES.get(side), path);
  }

  /** The type of a name without side and extension: the exact one, else the first of that file. */
  private static String typeOf(String base, Collection<String> types) {
    String first = null;
    for (String type : types) {
      if (type.equals(base)) {
        return type;
      }
      boolean fits = type.replace('/', '_').replace(' ', '_').equals(base);
      if (fits && (first == null || ReferenceIndex.BY_CODE_POINT.compare(type, first) < 0)) {
        first = type;
      }
    }
    return first;
  }
}
