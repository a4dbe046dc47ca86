package quickpage.index.model;

/** NeuPrint answered from another version of the dataset than the one the run was planned with. */
public class DatasetEdited extends Refusal {
  private static final long serialVersionUID = 1L;

  public DatasetEdited(DatasetVersion planned, DatasetVersion answered) {
    super(
        "The dataset %s was edited while it was read (planned with %s; answered from %s): nothing is published, start the run again."
            .formatted(planned.dataset(), planned.inWords(), answered.inWords()));
  }
}
