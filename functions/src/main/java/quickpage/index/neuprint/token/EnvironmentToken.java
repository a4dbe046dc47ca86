package quickpage.index.neuprint.token;

import java.util.Map;
import quickpage.index.error.RefusedException;

/**
 * The token from the environment: {@code NEUPRINT_APPLICATION_CREDENTIALS}, then {@code
 * NEUPRINT_TOKEN}, each bare or as a JSON document; an empty variable counts as unset.
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
    if (variable == null) {
      throw new RefusedException(
          "There is no NeuPrint token: set NEUPRINT_APPLICATION_CREDENTIALS (or NEUPRINT_TOKEN) to"
              + " the token that your account page on the NeuPrint server shows.");
    }
    return BearerToken.read(environment.get(variable), "the variable " + variable);
  }

  @Override
  public String reread() {
    return token();
  }

  @Override
  public String origin() {
    String variable = variable();
    return "the variable " + (variable == null ? CREDENTIALS : variable);
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
