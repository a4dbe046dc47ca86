package quickpage.index.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quickpage.index.workflow.ExecutionResult.Status;

class WorkflowRunnerTest {

  @Test
  void assignments_and_output_see_the_variables_as_they_were_when_the_state_began() {
    Workflow workflow =
        Asl.machine(
            """
            'A': {'Type': 'Pass', 'Assign': {'x': 1}, 'Next': 'B'},
            'B': {'Type': 'Pass', 'Assign': {'x': '{% $x + 1 %}', 'y': '{% $x %}'}, 'Output': '{% $x %}', 'Next': 'C'},
            'C': {'Type': 'Succeed', 'Output': ['{% $states.input %}', '{% $x %}', '{% $y %}']}
            """);
    assertThat(Asl.run(workflow, "{}", Asl::echo).output()).isEqualTo(Asl.json("[1, 2, 1]"));
  }

  @Test
  void null_is_a_value_and_nothing_is_an_error() {
    String template = "'A': {'Type': 'Pass', 'Output': {'v': '{%% %s %%}'}, 'End': true}";

    assertThat(
            Asl.run(Asl.machine(template.formatted("$states.input.a")), "{'a': null}", Asl::echo)
                .output())
        .isEqualTo(Asl.json("{'v': null}"));
    assertThat(Asl.run(Asl.machine(template.formatted("$states.input.b")), "{'a': 1}", Asl::echo))
        .satisfies(
            result -> {
              assertThat(result.status()).isEqualTo(Status.FAILED);
              assertThat(result.error()).isEqualTo("States.QueryEvaluationError");
              assertThat(result.cause()).contains("$states.input.b");
            });
  }

  @Test
  void values_keep_their_form() {
    String values = "{'i': 9007199254740993, 'd': 0.5, 't': '$x', 'n': [null, [], {}], 'b': true}";
    Workflow workflow =
        Asl.machine("'A': {'Type': 'Pass', 'Output': '{% $states.input %}', 'End': true}");

    assertThat(Asl.run(workflow, values, Asl::echo).output().toString())
        .isEqualTo(Asl.json(values).toString());
  }

  @Test
  void the_first_rule_that_holds_decides() {
    Workflow workflow =
        Asl.machine(
            """
            'A': {'Type': 'Choice', 'Default': 'Other', 'Choices': [
              {'Condition': '{% $states.input.n > 10 %}', 'Next': 'Big'},
              {'Condition': '{% $states.input.n > 5 %}', 'Next': 'Middle'}]},
            'Big': {'Type': 'Succeed', 'Output': 'big'},
            'Middle': {'Type': 'Succeed', 'Output': 'middle'},
            'Other': {'Type': 'Fail', 'Error': 'Small', 'Cause': '{% $string($states.input.n) & \\" is small\\" %}'}
            """);
    assertThat(Asl.run(workflow, "{'n': 11}", Asl::echo).output().asText()).isEqualTo("big");
    assertThat(Asl.run(workflow, "{'n': 6}", Asl::echo).output().asText()).isEqualTo("middle");
    assertThat(Asl.run(workflow, "{'n': 5}", Asl::echo))
        .isEqualTo(ExecutionResult.failed("Small", "5 is small"));
  }

  @Test
  void a_failed_task_assigns_nothing_but_what_its_catch_says() {
    Workflow workflow =
        Asl.machine(
            "'Begin': {'Type': 'Pass', 'Assign': {'x': 'before'}, 'Next': 'Do'}, "
                + Asl.task(
                    "Do",
                    "1",
                    """
                    'Assign': {'x': 'done'}, 'Next': 'Failed',
                    'Catch': [{'ErrorEquals': ['Other'], 'Next': 'Failed'},
                      {'ErrorEquals': ['States.ALL'], 'Assign': {'why': '{% $states.errorOutput.Error %}'},
                       'Output': '{% $states.errorOutput %}', 'Next': 'Caught'}]
                    """)
                + ", 'Failed': {'Type': 'Fail', 'Error': 'x', 'Cause': 'x'}, 'Caught': {'Type':"
                + " 'Succeed', 'Output': ['{% $x %}', '{% $why %}', '{% $states.input %}']}");

    ExecutionResult result =
        Asl.run(
            workflow,
            "{}",
            (function, payload, limit) -> {
              throw new FunctionErrorException("My.Error", "said so");
            });

    assertThat(result.output().get(0).asText()).isEqualTo("before");
    assertThat(result.output().get(1).asText()).isEqualTo("My.Error");
    assertThat(Asl.json(result.output().at("/2/Cause").asText()))
        .isEqualTo(Asl.json("{'errorMessage': 'said so', 'errorType': 'My.Error'}"));
  }

  @Test
  void an_exception_of_a_function_goes_by_its_class_name() {
    Workflow workflow = Asl.machine(Asl.task("Do", "1", "'End': true"));

    ExecutionResult result =
        Asl.run(
            workflow,
            "{}",
            (function, payload, limit) -> {
              throw new IllegalStateException("broken");
            });

    assertThat(result.error()).isEqualTo("java.lang.IllegalStateException");
    assertThat(result.cause()).contains("broken");
  }

  @Test
  void each_retrier_counts_for_itself() {
    Workflow workflow =
        Asl.machine(
            Asl.task(
                "Do",
                "'{% $states.context.State.RetryCount %}'",
                """
                'Retry': [{'ErrorEquals': ['A'], 'MaxAttempts': 2}, {'ErrorEquals': ['B'], 'MaxAttempts': 1}],
                'Output': '{% $states.result.Payload %}', 'End': true
                """));
    List<String> script = new ArrayList<>(List.of("A", "B", "A"));

    ExecutionResult result =
        Asl.run(
            workflow,
            "{}",
            (function, payload, limit) -> {
              if (!script.isEmpty()) {
                throw new FunctionErrorException(script.remove(0), "");
              }
              return payload;
            });
    assertThat(result.output()).isEqualTo(Asl.json("3"));

    script.addAll(List.of("A", "B", "B"));
    assertThat(
            Asl.run(
                    workflow,
                    "{}",
                    (function, payload, limit) -> {
                      throw new FunctionErrorException(script.remove(0), "");
                    })
                .error())
        .isEqualTo("B");
    assertThat(script).isEmpty();
  }

  @Test
  void delays_double_up_to_the_longest_and_jitter_draws_below() {
    Retrier plain =
        new Retrier(List.of("x"), Duration.ofSeconds(2), 9, 2, Duration.ofSeconds(10), false);
    Retrier jittered =
        new Retrier(List.of("x"), Duration.ofSeconds(2), 9, 2, Duration.ofSeconds(10), true);

    assertThat(IntStream.rangeClosed(1, 5).mapToObj(n -> plain.delay(n, 0.5).toSeconds()))
        .containsExactly(2L, 4L, 8L, 10L, 10L);
    assertThat(jittered.delay(2, 0)).isZero();
    assertThat(jittered.delay(2, 0.25)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_task_that_takes_too_long_is_interrupted_and_timed_out() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Workflow workflow =
        Asl.machine(
            Asl.task(
                        "Do",
                        "1",
                        "'Catch': [{'ErrorEquals': ['States.Timeout'], 'Next': 'Late'}], 'Next':"
                            + " 'Late'")
                    .replace("'TimeoutSeconds': 5", "'TimeoutSeconds': 1")
                + ", 'Late': {'Type': 'Succeed', 'Output': '{% $states.input.Error %}'}");

    ExecutionResult result =
        Asl.run(workflow, "{}", (function, payload, limit) -> sleep(interrupted));

    assertThat(result.output().asText()).isEqualTo("States.Timeout");
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_task_that_was_timed_out_has_ended_before_it_is_repeated() {
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger mostAtWork = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    Workflow workflow =
        Asl.machine(
            Asl.task(
                    "Do",
                    "1",
                    "'Retry': [{'ErrorEquals': ['States.Timeout'], 'IntervalSeconds': 1,"
                        + " 'MaxAttempts': 1}], 'End': true")
                .replace("'TimeoutSeconds': 5", "'TimeoutSeconds': 1"));

    ExecutionResult result =
        Asl.run(
            workflow,
            "{}",
            (function, payload, limit) -> {
              mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
              try {
                return calls.incrementAndGet() == 1 ? endsLateAfterAnInterrupt() : payload;
              } finally {
                atWork.decrementAndGet();
              }
            });

    assertThat(result.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(calls).hasValue(2);
    assertThat(mostAtWork).hasValue(1);
  }

  /** As a write that goes on for a while. */
  private static byte[] endsLateAfterAnInterrupt() throws InterruptedException {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.sleep(500);
    }
    return new byte[] {'1'};
  }

  @Test
  void a_task_that_does_not_end_when_it_is_timed_out_is_not_repeated() {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Workflow workflow =
        Asl.machine(
            Asl.task("Do", "1", "'Retry': [{'ErrorEquals': ['States.ALL']}], 'End': true")
                .replace("'TimeoutSeconds': 5", "'TimeoutSeconds': 1"),
            2);

    ExecutionResult result =
        Asl.run(
            workflow,
            "{}",
            (function, payload, limit) -> {
              calls.incrementAndGet();
              awaitUninterruptibly(end);
              return payload;
            });

    end.countDown();
    assertThat(result.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(calls).hasValue(1);
  }

  private static void awaitUninterruptibly(CountDownLatch end) {
    while (true) {
      try {
        end.await();
        return;
      } catch (InterruptedException e) {
        // As a call that is not interruptible.
      }
    }
  }

  @Test
  void a_defect_of_the_runner_leaves_no_thread_at_work() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Workflow workflow = Asl.machine(Asl.map("2", "'End': true", "'End': true"));
    WorkflowListener defect =
        new WorkflowListener() {
          @Override
          public void mapStarted(String state, int items) {
            throw new IllegalStateException("a defect");
          }
        };
    WorkflowListener late =
        new WorkflowListener() {
          @Override
          public void itemFinished(String state, int finished, int items) {
            awaitUninterruptibly(called);
            throw new IllegalStateException("a defect");
          }
        };
    for (WorkflowListener listener : List.of(defect, late)) {
      assertThatThrownBy(
              () ->
                  new WorkflowRunner(
                          (function, payload, limit) -> {
                            if (new String(payload, StandardCharsets.UTF_8)
                                .contains("\"index\":0")) {
                              return payload;
                            }
                            called.countDown();
                            return sleep(interrupted);
                          },
                          (bucket, key) -> Limits.bytes(Asl.json("[1, 2]")))
                      .execute(workflow, "test", Asl.json("{}"), listener))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a defect");
    }
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void the_time_limit_of_the_machine_passes_every_retry_and_catch() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Workflow workflow =
        Asl.machine(
            Asl.task(
                    "Do",
                    "1",
                    """
                    'Retry': [{'ErrorEquals': ['States.ALL']}],
                    'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Late'}], 'Next': 'Late'
                    """)
                + ", 'Late': {'Type': 'Succeed'}",
            1);

    assertThat(Asl.run(workflow, "{}", (function, payload, limit) -> sleep(interrupted)).status())
        .isEqualTo(Status.TIMED_OUT);
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void an_interrupted_execution_is_aborted() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicReference<Status> status = new AtomicReference<>();
    Workflow workflow = Asl.machine(Asl.map("2", "'End': true", "'End': true"));
    Thread runner =
        new Thread(
            () ->
                status.set(
                    Asl.run(
                            workflow,
                            "{}",
                            (function, payload, limit) -> {
                              called.countDown();
                              return sleep(interrupted);
                            },
                            "[1, 2, 3]")
                        .status()));
    runner.start();
    called.await();
    runner.interrupt();
    runner.join();

    assertThat(status).hasValue(Status.ABORTED);
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_map_runs_as_many_children_at_once_as_it_may_and_no_more() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    Workflow workflow =
        Asl.machine(
            Asl.map(
                "'{% $states.input.children %}'",
                "'Output': '{% $states.result.Payload.item * 2 %}', 'End': true", "'End': true"));

    ExecutionResult result =
        Asl.run(
            workflow,
            "{'children': 3}",
            (function, payload, limit) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              three.countDown();
              three.await(10, TimeUnit.SECONDS);
              now.decrementAndGet();
              return payload;
            },
            "[1, 2, 3, 4, 5, 6, 7]");

    assertThat(result.output()).isEqualTo(Asl.json("[2, 4, 6, 8, 10, 12, 14]"));
    assertThat(most).hasValue(3);
  }

  @Test
  void a_map_with_concurrency_0_runs_all_children_at_once() {
    CountDownLatch all = new CountDownLatch(12);
    Workflow workflow =
        Asl.machine(Asl.map("0", "'Output': true, 'End': true", "'Output': 'ok', 'End': true"));

    ExecutionResult result =
        Asl.run(
            workflow,
            "{}",
            (function, payload, limit) -> {
              all.countDown();
              if (!all.await(20, TimeUnit.SECONDS)) {
                throw new FunctionErrorException("TooFew", "not all children were there at once");
              }
              return payload;
            },
            "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]");

    assertThat(result.output().asText()).isEqualTo("ok");
  }

  @Test
  void a_map_fails_when_more_children_fail_than_it_tolerates() {
    FunctionInvoker failsOnOddItems =
        (function, payload, limit) -> {
          if (payload[payload.length - 2] % 2 == 1) {
            throw new FunctionErrorException("Odd", "");
          }
          return payload;
        };
    String strict = Asl.map("1", "'Output': 1, 'End': true", "'End': true");
    String tolerant =
        Asl.map("1", "'Output': 1, 'End': true", "'ToleratedFailurePercentage': 50, 'End': true");

    assertThat(Asl.run(Asl.machine(strict), "{}", failsOnOddItems, "[0, 0, 0, 0]").error())
        .isEqualTo("States.ExceedToleratedFailureThreshold");
    assertThat(Asl.run(Asl.machine(tolerant), "{}", failsOnOddItems, "[0, 0, 0, 0]").output())
        .isEqualTo(Asl.json("[1, null, 1, null]"));
  }

  @Test
  void a_map_over_nothing_has_no_children() {
    Workflow workflow = Asl.machine(Asl.map("1", "'End': true", "'End': true"));
    assertThat(Asl.run(workflow, "{}", Asl::echo, "[]").output()).isEqualTo(Asl.json("[]"));
    assertThat(Asl.run(workflow, "{}", Asl::echo, "{}").error())
        .isEqualTo("States.ItemReaderFailed");
  }

  @Test
  void no_state_gives_more_than_256_KiB_and_a_wildcard_does_not_catch_it() {
    String text = "x".repeat(Limits.STATE_BYTES - 2);
    Workflow doubles =
        Asl.machine(
            Asl.task(
                    "Do",
                    "'{% $states.input & $states.input %}'",
                    "'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Caught'}], 'Next':"
                        + " 'Caught'")
                + ", 'Caught': {'Type': 'Succeed'}");
    Workflow keeps =
        Asl.machine("'A': {'Type': 'Pass', 'Assign': {'x': '{% $states.input %}'}, 'End': true}");
    Workflow wraps =
        Asl.machine("'A': {'Type': 'Pass', 'Output': ['{% $states.input %}'], 'End': true}");

    assertThat(Asl.run(doubles, "'" + text + "'", Asl::echo))
        .satisfies(
            result -> {
              assertThat(result.status()).isEqualTo(Status.FAILED);
              assertThat(result.error()).isEqualTo("States.DataLimitExceeded");
            });
    assertThat(Asl.run(keeps, "'" + text + "'", Asl::echo).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(Asl.run(wraps, "'" + text + "'", Asl::echo).error())
        .isEqualTo("States.DataLimitExceeded");
    assertThatThrownBy(() -> Asl.run(keeps, "'" + text + "x'", Asl::echo))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("262,144");
  }

  @Test
  void a_function_answers_at_most_6_MiB_and_a_state_takes_256_KiB_of_it() {
    Workflow workflow = Asl.machine(Asl.task("Do", "1", "'End': true"));

    assertThat(answerOf(workflow, 300_000).error()).isEqualTo("States.DataLimitExceeded");
    assertThat(answerOf(workflow, Limits.LAMBDA_PAYLOAD_BYTES + 1).error())
        .isEqualTo("Function.ResponseSizeTooLarge");
  }

  private static ExecutionResult answerOf(Workflow workflow, int size) {
    JsonNode text = JsonNodeFactory.instance.textNode("x".repeat(size - 2));
    return Asl.run(workflow, "{}", (function, payload, limit) -> Limits.bytes(text));
  }

  @Test
  void the_execution_is_told_from_start_to_end() {
    List<String> told = new ArrayList<>();
    WorkflowListener listener =
        new WorkflowListener() {
          @Override
          public void executionStarted(String name) {
            told.add("start " + name);
          }

          @Override
          public void stateEntered(String state) {
            told.add("state " + state);
          }

          @Override
          public void mapStarted(String state, int items) {
            told.add("map " + items);
          }

          @Override
          public void itemFinished(String state, int done, int items) {
            told.add("item " + done + "/" + items);
          }

          @Override
          public void executionEnded(ExecutionResult result) {
            told.add("end " + result.status());
          }
        };
    Workflow workflow = Asl.machine(Asl.map("1", "'Output': 1, 'End': true", "'End': true"));
    new WorkflowRunner(Asl::echo, (bucket, key) -> Limits.bytes(Asl.json("[1, 2]")))
        .execute(workflow, "run-1", Asl.json("{}"), listener);

    assertThat(told)
        .containsExactly(
            "start run-1", "state Map", "map 2", "item 1/2", "item 2/2", "end SUCCEEDED");
  }

  private static byte[] sleep(CountDownLatch interrupted) throws InterruptedException {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    return new byte[0];
  }
}
