package quickpage.index.compose;

/** What the state machine gives the compose stage. */
public record ComposeRequest(String run, String bucket, String prefix) {}
