package quickpage.index.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import quickpage.index.error.RefusedException;
import quickpage.index.model.DatasetFacts;
import quickpage.index.model.Facet;
import quickpage.index.text.VisibleText;

/**
 * The option {@code facets}, from the run input or else from the deployment.
 *
 * @param ofDeployment {@code PROPERTY=LABEL}, separated by commas; "" for none
 */
record FacetOption(String ofDeployment) {

  /** Each is one more list of values in every query, and one more filter to scroll past. */
  private static final int MOST = 20;

  /** Code points; the filters' column is about thirty wide. */
  private static final int LONGEST_LABEL = 60;

  private static final String INPUT = "options.facets";

  /**
   * The facets of a run.
   *
   * @param given as the run input has them; null takes the deployment's
   * @throws RefusedException naming every one that cannot be, and why
   */
  List<Facet> resolve(List<Facet> given) {
    if (given != null) {
      return checked(INPUT, given);
    }
    return ofDeployment.isEmpty()
        ? List.of()
        : checked(
            "The deployment's Facets",
            Stream.of(ofDeployment.split(",", -1)).map(FacetOption::parsed).toList());
  }

  /** A text without {@code =} has no label. */
  private static Facet parsed(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Facet(text.strip(), null)
        : new Facet(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  private static List<Facet> checked(String field, List<Facet> facets) {
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Facet facet : facets) {
      String property = facet == null ? null : facet.property();
      if (property == null || !Facet.isProperty(property)) {
        wrong.add(quoted(property) + " is no property's name");
      } else if (!seen.add(property)) {
        wrong.add(quoted(property) + " is named twice");
      }
      String label = facet == null ? null : facet.label();
      if (label == null || label.isBlank()) {
        wrong.add(quoted(property) + " has no label");
      } else if (label.codePointCount(0, label.length()) > LONGEST_LABEL
          || !VisibleText.of(label).equals(label)) {
        wrong.add("the label %s is not of at most 60 visible characters".formatted(quoted(label)));
      }
    }
    if (facets.size() > MOST) {
      wrong.add("there are %d, and at most %d can be".formatted(facets.size(), MOST));
    }
    if (!wrong.isEmpty()) {
      throw new RefusedException(
          "%s must name properties of neurons, of letters, digits and underscores, each with a label (on the command line --facet PROPERTY=LABEL): %s."
              .formatted(field, String.join("; ", wrong)));
    }
    return facets.stream()
        .map(facet -> new Facet(facet.property(), facet.label().strip()))
        .toList();
  }

  private static String quoted(String text) {
    return text == null ? "one" : "\"%s\"".formatted(VisibleText.of(text));
  }

  /**
   * Holds the facets of a run against what the dataset says of its neurons.
   *
   * @throws RefusedException naming all that the dataset does not have
   */
  static void refuseUnknown(List<Facet> facets, DatasetFacts dataset) {
    if (dataset.neuronProperties() == null) {
      return;
    }
    Set<String> known = new TreeSet<>(dataset.neuronProperties());
    List<String> unknown =
        facets.stream()
            .map(Facet::property)
            .filter(property -> !known.contains(property))
            .map(FacetOption::quoted)
            .toList();
    if (!unknown.isEmpty()) {
      known.removeIf(property -> !Facet.isProperty(property));
      throw new RefusedException(
          "The neurons of %s have no property %s, which %s names; they have %s."
              .formatted(
                  dataset.version().dataset(),
                  String.join(", ", unknown),
                  INPUT,
                  String.join(", ", known)));
    }
  }
}
