package quickpage.index.sandbox.http;

import java.util.List;
import quickpage.index.sandbox.connectome.DatasetName;

/**
 * What the server does to the text of a query before it runs it: plain labels become the dataset's,
 * wherever they stand, in string literals and comments too. Plain replacement of text, without any
 * knowledge of Cypher: that is the behaviour to reproduce.
 */
final class LabelRewriting {
  /**
   * Longer names before those they begin with. {@code SynapsesTo} is a relationship, left alone.
   */
  private static final List<String> LABELS =
      List.of(
          "Neuron", "Segment", "Meta", "SynapseSet", "Synapse", "Cell", "ElementSet", "Element");

  private static final String RELATIONSHIP = ":SynapsesTo";
  private static final String SET_ASIDE = ":XSynapsesTo";

  private LabelRewriting() {}

  /**
   * The query as it will run on one dataset's nodes.
   *
   * @param root the dataset's name before the colon, as the request spells it
   */
  static String rewrite(String cypher, String root) {
    DatasetName dataset = new DatasetName(root, "");
    String text = cypher.replace(RELATIONSHIP, SET_ASIDE);
    for (String label : LABELS) {
      String own = ":`" + dataset.label(label) + "`";
      // One label's replacement may not be found again as another's: none contains ":Label".
      text = text.replace(":" + label, own).replace(":`" + label + "`", own);
    }
    return text.replace(SET_ASIDE, RELATIONSHIP);
  }
}
