package quickpage.index.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;

/** What Lambda tells a handler, as far as a handler here asks. */
public final class Invocations {

  /** Of every invocation. */
  public static final String REQUEST_ID = "5f0e6ad2-8c5b-4b0f-9c26-3f1f3d1b2a77";

  private Invocations() {}

  /** An invocation that may still run so many milliseconds. */
  public static Context with(int remainingMillis) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              return switch (method.getName()) {
                case "getRemainingTimeInMillis" -> remainingMillis;
                case "getAwsRequestId" -> REQUEST_ID;
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }
}
