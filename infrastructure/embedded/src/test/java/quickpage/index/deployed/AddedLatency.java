package quickpage.index.deployed;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Makes AWS as far away as it is for a function in its region: every request waits before it is
 * sent, 5 ms for DynamoDB and 15 ms for S3 and all else. The SDK finds it as it finds {@link
 * AwsCallRecorder}.
 */
public final class AddedLatency implements ExecutionInterceptor {

  private static final long DYNAMO_DB_MILLISECONDS = 5;
  private static final long OTHER_MILLISECONDS = 15;

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes executionAttributes) {
    String service = executionAttributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    try {
      Thread.sleep(service.equals("DynamoDb") ? DYNAMO_DB_MILLISECONDS : OTHER_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
