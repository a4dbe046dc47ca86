package quickpage.index.sandbox.connectome;

/**
 * A dataset as NeuPrint names it, {@code root:tag} ({@code male-cns:v0.9}) or {@code root} alone.
 *
 * @param root what stands in the labels of the dataset's nodes ({@code male-cns_Neuron})
 * @param tag the version, empty if the name has none
 */
public record DatasetName(String root, String tag) {

  /**
   * Reads a name.
   *
   * @throws RefusedInputException for an empty name, one with nothing before the colon, or one with
   *     a backtick or control character, which cannot stand in a label
   */
  public static DatasetName parse(String name) {
    int colon = name.indexOf(':');
    String root = colon < 0 ? name : name.substring(0, colon);
    if (root.isBlank()
        || name.indexOf('`') >= 0
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedInputException(
          "The dataset name '"
              + name
              + "' is not of the form name or name:tag, as in male-cns:v0.9.");
    }
    return new DatasetName(root, colon < 0 ? "" : name.substring(colon + 1));
  }

  /** The label of this dataset's nodes that stands for {@code plain}: {@code male-cns_Neuron}. */
  public String label(String plain) {
    return root + "_" + plain;
  }

  @Override
  public String toString() {
    return tag.isEmpty() ? root : root + ":" + tag;
  }
}
