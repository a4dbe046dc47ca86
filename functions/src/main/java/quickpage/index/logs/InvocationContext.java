package quickpage.index.logs;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * What the current invocation works for. A function's process has one invocation at a time, so what
 * is said of it holds for every thread, those of connection pools included.
 */
public final class InvocationContext extends NOPMDCAdapter {

  /**
   * Lambda's id of the invocation, by which its own lines (START, REPORT) and traces are found. Two
   * tries of one stage have the same run and stage, and differ in it.
   */
  public static final String REQUEST_ID = "requestId";

  private final Map<String, String> said = new ConcurrentHashMap<>();

  @Override
  public void put(String key, String value) {
    if (value == null) {
      said.remove(key);
    } else {
      said.put(key, value);
    }
  }

  @Override
  public String get(String key) {
    return said.get(key);
  }

  @Override
  public void remove(String key) {
    said.remove(key);
  }

  @Override
  public void clear() {
    said.clear();
  }

  @Override
  public Map<String, String> getCopyOfContextMap() {
    return new TreeMap<>(said);
  }

  @Override
  public void setContextMap(Map<String, String> map) {
    said.clear();
    said.putAll(map);
  }
}
