package quickpage.index.model.run;

/** A type whose data could not be had, and why, in one sentence. */
public record UnavailableType(String type, String reason) {

  /** The reason of every type whose batch left no shard. */
  public static final String BATCH_DID_NOT_FINISH = "its batch did not finish";
}
