package quickpage.index.model;

import java.util.List;

/**
 * The annotations of a type: properties that are one for the whole type (first non-empty value in
 * {@code bodyId} order; null where there is none) and lists of the distinct non-empty values of
 * those that differ between neurons, sorted by code point.
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
    List<String> hemilineages) {

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
          List.of());

  public TypeProperties {
    superclasses = List.copyOf(superclasses);
    classes = List.copyOf(classes);
    subclasses = List.copyOf(subclasses);
    flywireTypes = List.copyOf(flywireTypes);
    somaNeuromeres = List.copyOf(somaNeuromeres);
    hemilineages = List.copyOf(hemilineages);
  }
}
