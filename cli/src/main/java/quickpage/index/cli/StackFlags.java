package quickpage.index.cli;

import java.util.function.BiFunction;
import picocli.CommandLine.Option;
import quickpage.index.stack.Account;
import quickpage.index.stack.Deployment;

/** Which deployed stack is meant; account and region are those of the usual AWS settings. */
final class StackFlags {

  @Option(
      names = "--stack",
      required = true,
      paramLabel = "NAME",
      description =
          "The deployed stack. Account, region and endpoint come from the usual AWS settings:"
              + " AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, ….")
  private String stack;

  String name() {
    return stack;
  }

  /** Works with the stack and gives what came of it. */
  <T> T with(BiFunction<Account, Deployment, T> work) {
    return with(stack, work);
  }

  static <T> T with(String stack, BiFunction<Account, Deployment, T> work) {
    try (Account account = Account.ofEnvironment()) {
      return work.apply(account, Deployment.find(account, stack));
    }
  }
}
