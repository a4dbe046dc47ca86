package quickpage.index.sandbox.graph;

/**
 * Neo4j refused or ended a query.
 *
 * <p>{@link #getMessage} is Neo4j's own text; {@link #code} its code, such as {@code
 * Neo.ClientError.Statement.SyntaxError}.
 */
public final class QueryFailedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String code;

  public QueryFailedException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
