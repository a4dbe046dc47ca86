package quickpage.index.lease;

/** What all that work on one site share. */
public record SiteCoordination(
    SiteLease lease, PendingUploadsStore pendingUploads, UploadQueue queue) {}
