package quickpage.index.neuprint.failure;

/** What to do about a request that failed. */
public enum ErrorReaction {
  /** Nothing will help: the person who runs this has to do something. */
  REFUSE,
  /** The server is busy or away: the same again, later. */
  REPEAT,
  /** Too slow or too much memory: the same again would be as slow; fewer types at once may do. */
  ASK_FOR_LESS,
  /** The query fails for what is in it: find the type that it fails for. */
  TYPES_FAULT,
  /** The query fails where it calls APOC, or may: ask in the plain form. */
  ASK_WITHOUT_APOC,
  /**
   * The answer is JSON that cannot be right, or more than an answer may be: the same again at once,
   * for it may have been spoiled on its way; then fewer types, for they may be the cause.
   */
  ASK_AGAIN_ONCE,
  /** The caller's time is up. */
  OUT_OF_TIME
}
