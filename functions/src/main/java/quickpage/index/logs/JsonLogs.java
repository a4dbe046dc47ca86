package quickpage.index.logs;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J's backend in a function. A logging framework would need half a second more to write its
 * first line than all of this, for filters, appenders and files that a function has no use for.
 *
 * <p>It is chosen by name and not by a service file, so that on one machine, where the same classes
 * are on the path, nothing changes.
 */
public final class JsonLogs implements SLF4JServiceProvider {

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new InvocationContext();
  private final ILoggerFactory loggers = name -> new JsonLogger(name, context);

  /** To be called before the first logger is made; does nothing outside of Lambda. */
  public static void chooseInLambda() {
    if (System.getenv("AWS_LAMBDA_FUNCTION_NAME") != null) {
      System.setProperty("slf4j.provider", JsonLogs.class.getName());
      // Otherwise SLF4J prints, in every new environment, which backend it was told to use.
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // All is made when this is.
  }
}
