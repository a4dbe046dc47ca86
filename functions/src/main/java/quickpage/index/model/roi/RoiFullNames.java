package quickpage.index.model.roi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import quickpage.index.text.CodePointOrder;

/**
 * Full names of ROIs: the dataset's own where it has one for the whole region, else that of a list
 * from the field's published nomenclature, in {@code roi-full-names.tsv} with the source of each
 * (docs/index-semantics.md, "ROI names").
 */
public final class RoiFullNames {
  private static final Map<String, String> PUBLISHED = published();

  /** A side as a word of its own, or in brackets: a name with one is not the whole region's. */
  private static final Pattern SIDE =
      Pattern.compile("(?i)\\b(?:left|right)\\b|\\((?:L|R|LHS|RHS)\\)|\\b(?:LHS|RHS)\\b");

  private static final Pattern SIDE_AT_AN_END =
      Pattern.compile("^(?:%1$s)[\\s,-]*|[\\s,(-]*(?:%1$s)\\)?$".formatted(SIDE.pattern()));

  private RoiFullNames() {}

  /**
   * Names for the ROIs that are shown.
   *
   * @param shown as the database names them, or clean
   * @param described the dataset's descriptions, by ROI as the database names it
   * @return by one of {@code shown} for each clean name; ROIs without a full name are left out
   */
  public static Map<String, String> of(Collection<String> shown, Map<String, String> described) {
    Map<String, List<String>> byCleanName = new HashMap<>();
    Map<String, String> inOrder = new TreeMap<>(CodePointOrder.BY_CODE_POINT);
    inOrder.putAll(described);
    inOrder.forEach(
        (roi, description) -> {
          if (!description.isBlank()) {
            byCleanName
                .computeIfAbsent(RoiNames.clean(roi), first -> new ArrayList<>())
                .add(description);
          }
        });
    Map<String, String> names = new TreeMap<>(CodePointOrder.BY_CODE_POINT);
    Map<String, String> first = new TreeMap<>(CodePointOrder.BY_CODE_POINT);
    shown.stream()
        .sorted(CodePointOrder.BY_CODE_POINT)
        .forEach(roi -> first.putIfAbsent(RoiNames.clean(roi), roi));
    first.forEach(
        (clean, roi) -> {
          String name = name(clean, byCleanName.getOrDefault(clean, List.of()));
          if (name != null) {
            names.put(roi, name);
          }
        });
    return names;
  }

  /** Null if there is none. */
  private static String name(String clean, List<String> descriptions) {
    for (String description : descriptions) {
      if (!SIDE.matcher(description).find()) {
        return description;
      }
    }
    String published = PUBLISHED.get(clean);
    if (published != null) {
      return published;
    }
    for (String description : descriptions) {
      String whole = SIDE_AT_AN_END.matcher(description).replaceAll("").strip();
      if (!whole.isEmpty() && !SIDE.matcher(whole).find()) {
        return whole;
      }
    }
    return null;
  }

  private static Map<String, String> published() {
    Map<String, String> names = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                RoiFullNames.class.getResourceAsStream("roi-full-names.tsv"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] columns = line.split("\t", -1);
          names.put(columns[0], columns[1]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the list of full names cannot be read", e);
    }
    return Map.copyOf(names);
  }
}
