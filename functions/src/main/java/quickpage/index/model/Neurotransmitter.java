package quickpage.index.model;

/**
 * A type's neurotransmitter; every field is null where the dataset says nothing.
 *
 * @param consensus agreed by the annotators
 * @param predicted predicted from the synapses of all neurons of the type
 * @param confidence of the prediction, 0 to 1
 * @param predictions how many synapses the prediction rests on
 */
public record Neurotransmitter(
    String consensus, String predicted, Double confidence, Long predictions) {

  public static final Neurotransmitter NONE = new Neurotransmitter(null, null, null, null);
}
