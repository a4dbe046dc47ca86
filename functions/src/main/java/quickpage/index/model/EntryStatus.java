package quickpage.index.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an entry of the index came about. */
public enum EntryStatus {
  /** The numbers are the dataset's. */
  @JsonProperty("ok")
  OK,
  /** A page whose type the dataset does not have. */
  @JsonProperty("no-neurons")
  NO_NEURONS,
  /** The run asked NeuPrint nothing ({@code roiAnalysis: false}). */
  @JsonProperty("not-asked")
  NOT_ASKED,
  /** NeuPrint could not be asked after all retries. */
  @JsonProperty("unavailable")
  UNAVAILABLE
}
