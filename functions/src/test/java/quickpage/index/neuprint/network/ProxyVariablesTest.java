package quickpage.index.neuprint.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quickpage.index.error.RefusedException;

class ProxyVariablesTest {

  private static String chosen(Map<String, String> environment, String server) {
    Proxy proxy = new ProxyVariables(environment).select(URI.create(server)).get(0);
    return proxy.type() == Proxy.Type.DIRECT
        ? "none"
        : proxy.address().toString().replaceFirst("/?<unresolved>", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTPS_PROXY=http://p:3128                        | https://np.org       | p:3128
          https_proxy=http://p:3128                        | https://np.org       | p:3128
          https_proxy=http://small:1 HTTPS_PROXY=http://p  | https://np.org       | small:1
          https_proxy= HTTPS_PROXY=http://p:2              | https://np.org       | p:2
          HTTPS_PROXY=p:3128                               | https://np.org       | p:3128
          HTTPS_PROXY=http://p                             | https://np.org       | p:80
          HTTPS_PROXY=http://p:3128/                       | https://np.org       | p:3128
          HTTPS_PROXY=http://user:secret@p:3128            | https://np.org       | p:3128
          HTTPS_PROXY=http://[2001:db8::1]:3128            | https://np.org       | 2001:db8::1:3128
          HTTPS_PROXY=http://p:3128                        | http://np.org        | none
          HTTP_PROXY=http://p:3128                         | http://np.org        | p:3128
          HTTP_PROXY=http://p:3128                         | https://np.org       | none
          ALL_PROXY=http://all:1                           | https://np.org       | all:1
          ALL_PROXY=http://all:1 HTTPS_PROXY=http://p:2    | https://np.org       | p:2
          ALL_PROXY=http://all:1                           | http://127.0.0.1:99  | none
          ALL_PROXY=http://all:1                           | https://localhost    | none
          ALL_PROXY=http://all:1                           | http://[::1]:99      | none
          ALL_PROXY=http://all:1 NO_PROXY=np.org           | https://np.org       | none
          ALL_PROXY=http://all:1 NO_PROXY=np.org           | https://NP.org       | none
          ALL_PROXY=http://all:1 NO_PROXY=np.org           | https://a.np.org     | none
          ALL_PROXY=http://all:1 NO_PROXY=np.org           | https://anp.org      | all:1
          ALL_PROXY=http://all:1 NO_PROXY=.np.org          | https://a.np.org     | none
          ALL_PROXY=http://all:1 NO_PROXY=*.np.org         | https://a.np.org     | none
          ALL_PROXY=http://all:1 NO_PROXY=x,np.org:8443    | https://np.org:8443  | none
          ALL_PROXY=http://all:1 NO_PROXY=np.org:8443      | https://np.org       | all:1
          ALL_PROXY=http://all:1 NO_PROXY=np.org:443       | https://np.org       | none
          ALL_PROXY=http://all:1 no_proxy=*                | https://np.org       | none
          ALL_PROXY=http://all:1 NO_PROXY=10.1.2.3         | https://10.1.2.3     | none
          """)
  void choosesAsCurlAndGoDo(String variables, String server, String proxy) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" +", -1)) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }

    assertThat(chosen(environment, server)).isEqualTo(proxy);
  }

  @Test
  void isNotSetWhereNoVariableIs() {
    assertThat(ProxyVariables.NONE.isSet()).isFalse();
    assertThat(new ProxyVariables(Map.of("NO_PROXY", "x", "HTTP_PROXY", " ")).isSet()).isFalse();
    assertThat(new ProxyVariables(Map.of("HTTP_PROXY", "p:1")).isSet()).isTrue();
  }

  @Test
  void isDescribedWithoutItsPassword() {
    assertThat(
            new ProxyVariables(Map.of("https_proxy", "http://me:secret@p:3128"))
                .described("https", "np.org", 443))
        .hasValue("the proxy p:3128 of the variable HTTPS_PROXY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:sec ret@p:3128",
        "socks5://me:secret@p:1080",
        "https://me:secret@p:3128",
        "http://me:sec%ret@p:3128",
        "http://",
        "p:secret"
      })
  void refusesWhatIsNoProxyWithoutQuotingIt(String value) {
    assertThatThrownBy(() -> new ProxyVariables(Map.of("https_proxy", value)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The variable HTTPS_PROXY has to be the address of an HTTP proxy")
        .hasNoCause()
        .message()
        .doesNotContain("sec");
  }
}
