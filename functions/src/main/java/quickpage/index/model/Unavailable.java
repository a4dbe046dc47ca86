package quickpage.index.model;

/** A type whose data could not be had, and why, in one sentence. */
public record Unavailable(String type, String reason) {}
