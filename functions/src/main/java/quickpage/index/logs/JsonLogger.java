package quickpage.index.logs;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;
import quickpage.index.json.Json;

/**
 * Writes {@code {"timestamp", "level", "logger", "message", "stage", "run", …, "exception"}}: our
 * own lines from INFO, those of libraries from WARN.
 */
final class JsonLogger extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  private final transient MDCAdapter context;
  private final Level least;

  JsonLogger(String name, MDCAdapter context) {
    this.name = name;
    this.context = context;
    this.least = name.startsWith("quickpage.") ? Level.INFO : Level.WARN;
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("timestamp", Instant.now().toString());
    line.put("level", level.name());
    line.put("logger", name);
    line.put("message", MessageFormatter.basicArrayFormat(pattern, arguments));
    context.getCopyOfContextMap().forEach(line::put);
    if (thrown != null) {
      line.put("exception", stackTrace(thrown));
    }
    String text = new String(Json.bytes(line), StandardCharsets.UTF_8);
    LambdaRuntime.getLogger().log(text + "\n");
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private boolean writes(Level level) {
    return level.toInt() >= least.toInt();
  }

  @Override
  public boolean isTraceEnabled() {
    return writes(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return writes(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return writes(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return writes(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return writes(Level.ERROR);
  }
}
