package quickpage.index.error;

import quickpage.index.model.DatasetVersion;
import quickpage.index.model.Remedy;

/** NeuPrint answered from another version of the dataset than the one the run was planned with. */
public class DatasetEditedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  public DatasetEditedException(DatasetVersion planned, DatasetVersion answered) {
    super(
        Remedy.LATER,
        "The dataset %s was edited while it was read (planned with %s; answered from %s): nothing is published, start the run again."
            .formatted(planned.dataset(), planned.inWords(), answered.inWords()));
  }
}
