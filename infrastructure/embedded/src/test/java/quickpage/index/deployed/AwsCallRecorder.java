package quickpage.index.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;
import quickpage.index.json.Json;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Writes down every call of AWS that its process makes, one JSON object a line, into the file that
 * an environment variable names. The SDK finds it on the class path by {@link #DECLARED_IN}, so
 * that each client has it, however a handler makes it.
 */
public final class AwsCallRecorder implements ExecutionInterceptor {

  /** Name of the file that the SDK looks for on the class path. */
  static final String DECLARED_IN = "software/amazon/awssdk/global/handlers/execution.interceptors";

  static final String FILE_VARIABLE = "RECORDED_AWS_CALLS";

  private final Path file;

  /** As the SDK makes it. */
  public AwsCallRecorder() {
    this(Path.of(System.getenv(FILE_VARIABLE)));
  }

  AwsCallRecorder(Path file) {
    this.file = file;
  }

  @Override
  public void afterTransmission(
      Context.AfterTransmission context, ExecutionAttributes executionAttributes) {
    String service = executionAttributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    StringBuilder lines = new StringBuilder();
    for (RecordedAwsCall call :
        AwsCalls.of(service, context.request(), context.httpResponse().statusCode())) {
      lines.append(new String(Json.bytes(call), StandardCharsets.UTF_8)).append('\n');
    }
    append(lines.toString());
  }

  private synchronized void append(String lines) {
    try {
      Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was written down until now, each call once. */
  static Set<RecordedAwsCall> read(Path file) throws IOException {
    Set<RecordedAwsCall> calls = new LinkedHashSet<>();
    for (String line : Files.readAllLines(file)) {
      calls.add(Json.MAPPER.readValue(line, RecordedAwsCall.class));
    }
    return calls;
  }
}
