package quickpage.index.localstack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that are skipped where there is no LocalStack, and say so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsLocalStack.Condition.class)
@Tag("localstack")
@interface NeedsLocalStack {

  /** Not an assumption before all tests: surefire counts no test then, and tells nobody. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String whyNot = LocalStack.whyNot();
      if (whyNot.isEmpty()) {
        return ConditionEvaluationResult.enabled("There is a LocalStack.");
      }
      String why = whyNot + ", so the deployment is not tested as a whole.";
      System.err.println(context.getDisplayName() + " is skipped: " + why);
      return ConditionEvaluationResult.disabled(why);
    }
  }
}
