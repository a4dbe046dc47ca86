package quickpage.index.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A state, read and checked. An absent {@code Output} is null; so is {@code next} at the end. */
sealed interface State {

  record Pass(Map<String, Template> assign, Template output, String next) implements State {}

  record Choice(List<Rule> rules, String otherwise) implements State {
    record Rule(Expression condition, String next) {}
  }

  record Succeed(Template output) implements State {}

  record Fail(Template error, Template cause) implements State {}

  /** A state that calls out, and so may fail, be retried and be caught. */
  sealed interface Fallible extends State permits Task, DistributedMap {
    List<Retrier> retriers();

    List<Catcher> catchers();

    Map<String, Template> assign();

    Template output();

    String next();
  }

  /** {@code arn:aws:states:::lambda:invoke}. */
  record Task(
      String functionName,
      Template payload,
      Duration timeout,
      List<Retrier> retriers,
      List<Catcher> catchers,
      Map<String, Template> assign,
      Template output,
      String next)
      implements Fallible {}

  /** A Map whose items come from a JSON array in S3 and whose children are executions. */
  record DistributedMap(
      Template maxConcurrency,
      Template toleratedFailurePercentage,
      Template bucket,
      Template key,
      Template itemSelector,
      StateMachine processor,
      List<Retrier> retriers,
      List<Catcher> catchers,
      Map<String, Template> assign,
      Template output,
      String next)
      implements Fallible {}
}
