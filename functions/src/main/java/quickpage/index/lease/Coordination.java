package quickpage.index.lease;

/** What all that work on one site share. */
public record Coordination(SiteLease lease, UploadMarks marks, UploadQueue queue) {}
