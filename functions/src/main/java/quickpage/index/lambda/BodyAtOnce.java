package quickpage.index.lambda;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends bodies without asking first. The SDK asks S3 with {@code Expect: 100-continue} before every
 * write, which is a round trip more for each of our small files, only to spare the body of the one
 * in a run whose condition may fail; and the JDK's HTTP client breaks off now and then when it
 * waits for the answer.
 */
public final class BodyAtOnce implements ExecutionInterceptor {

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return context.httpRequest().toBuilder().removeHeader("Expect").build();
  }
}
