package quickpage.index.batch;

import quickpage.index.model.Batch;

/** What the state machine gives the batch stage: the run and one item of the map. */
public record BatchRequest(String run, String bucket, String prefix, Batch batch) {}
