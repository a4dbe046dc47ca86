package quickpage.index.model;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The annotations of a type: properties that are one for the whole type (first non-empty value in
 * {@code bodyId} order; null where there is none) and lists of the distinct non-empty values of
 * those that differ between neurons, sorted by code point.
 *
 * @param otherTypes the values of each of {@link #OTHER_TYPES} that the type has, by property
 * @param otherClasses the values of each of {@link #OTHER_CLASSES}, and of each {@link Facet}, that
 *     the type has, by property
 */
public record TypeProperties(
    Neurotransmitter neurotransmitter,
    List<String> superclasses,
    List<String> classes,
    List<String> subclasses,
    String dimorphism,
    String synonyms,
    List<String> flywireTypes,
    List<String> somaNeuromeres,
    List<String> hemilineages,
    List<String> itoleeHemilineages,
    List<String> supertypes,
    SortedMap<String, List<String>> otherTypes,
    SortedMap<String, List<String>> otherClasses) {

  /** Properties that name the type in other datasets or by other rules. */
  public static final List<String> OTHER_TYPES =
      List.of("hemibrainType", "mancType", "systematicType", "serialMotif");

  /** Properties by which readers filter, of which a dataset has some. */
  public static final List<String> OTHER_CLASSES =
      List.of("birthtime", "entryNerve", "exitNerve", "fruDsx", "nerve");

  public static final TypeProperties NONE =
      new TypeProperties(
          Neurotransmitter.NONE,
          List.of(),
          List.of(),
          List.of(),
          null,
          null,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap());

  public TypeProperties {
    superclasses = List.copyOf(superclasses);
    classes = List.copyOf(classes);
    subclasses = List.copyOf(subclasses);
    flywireTypes = List.copyOf(flywireTypes);
    somaNeuromeres = List.copyOf(somaNeuromeres);
    hemilineages = List.copyOf(hemilineages);
    itoleeHemilineages = List.copyOf(itoleeHemilineages);
    supertypes = List.copyOf(supertypes);
    otherTypes = copyOf(otherTypes);
    otherClasses = copyOf(otherClasses);
  }

  /** In the order of the names, so that the same facts are the same bytes. */
  private static SortedMap<String, List<String>> copyOf(Map<String, List<String>> byProperty) {
    SortedMap<String, List<String>> copy = new TreeMap<>();
    byProperty.forEach((property, values) -> copy.put(property, List.copyOf(values)));
    return Collections.unmodifiableSortedMap(copy);
  }

  /** The same without facets that a run does not want. */
  TypeProperties withFacets(Collection<String> wanted) {
    SortedMap<String, List<String>> kept = new TreeMap<>(otherClasses);
    kept.keySet()
        .removeIf(property -> !OTHER_CLASSES.contains(property) && !wanted.contains(property));
    return new TypeProperties(
        neurotransmitter,
        superclasses,
        classes,
        subclasses,
        dimorphism,
        synonyms,
        flywireTypes,
        somaNeuromeres,
        hemilineages,
        itoleeHemilineages,
        supertypes,
        otherTypes,
        kept);
  }
}
