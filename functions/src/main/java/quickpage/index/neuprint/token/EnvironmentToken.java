package quickpage.index.neuprint.token;

import java.util.Map;

/**
 * The token from the environment: {@code NEUPRINT_APPLICATION_CREDENTIALS}, then {@code
 * NEUPRINT_TOKEN}, each bare, in quotes or as a JSON document; an empty variable counts as unset.
 */
public final class EnvironmentToken implements TokenSource {
  private static final String CREDENTIALS = "NEUPRINT_APPLICATION_CREDENTIALS";
  private static final String TOKEN = "NEUPRINT_TOKEN";

  private final Map<String, String> environment;

  /**
   * @param environment the process's, or a test's; read at every call
   */
  public EnvironmentToken(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String token() {
    String variable = variable();
    return variable == null
        ? ""
        : BearerToken.read(environment.get(variable), "the variable " + variable);
  }

  @Override
  public String reread() {
    return token();
  }

  @Override
  public String origin() {
    String variable = variable();
    return variable == null
        ? "the variable %s or %s".formatted(CREDENTIALS, TOKEN)
        : "the variable " + variable;
  }

  private String variable() {
    if (isSet(CREDENTIALS)) {
      return CREDENTIALS;
    }
    return isSet(TOKEN) ? TOKEN : null;
  }

  private boolean isSet(String variable) {
    String value = environment.get(variable);
    return value != null && !value.isBlank();
  }
}
