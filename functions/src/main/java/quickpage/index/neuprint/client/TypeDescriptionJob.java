package quickpage.index.neuprint.client;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import quickpage.index.error.DatasetEditedException;
import quickpage.index.model.TransientFailure;
import quickpage.index.model.TypeFacts;
import quickpage.index.neuprint.DescribeListener;
import quickpage.index.neuprint.TypeQuestion;
import quickpage.index.neuprint.TypeQuestion.TypeToAsk;
import quickpage.index.neuprint.answer.Rows;
import quickpage.index.neuprint.answer.TypeAnswer;
import quickpage.index.neuprint.cypher.Apoc;
import quickpage.index.neuprint.cypher.CypherLiteral;
import quickpage.index.neuprint.cypher.TypeQuery;
import quickpage.index.neuprint.failure.ErrorReaction;
import quickpage.index.neuprint.failure.FailedQueryException;
import quickpage.index.neuprint.failure.TypeFaultException;
import quickpage.index.neuprint.http.Backoff;
import quickpage.index.neuprint.http.NeuPrintRequest;
import quickpage.index.neuprint.http.QueryMetrics;
import quickpage.index.neuprint.http.RetryingClient;

/**
 * One {@link TypeQuestion} on its way. A query that finds the server busy or away is repeated by
 * {@link RetryingClient}; one that is too much, or fails for what is in it, is cut in halves here
 * until the type that it fails for stands alone.
 */
public final class TypeDescriptionJob {
  /**
   * Queries in a row that failed for what is in them. Any culprit is found within nine (500 types
   * halved until one is left), so this many mean that the server answers nothing of the kind.
   */
  private static final int FRUITLESS = 200;

  private static final String TOO_MANY =
      "NeuPrint was not asked any more, for so many types had failed before that the run cannot be"
          + " published.";
  private static final String NOT_ASKED = "NeuPrint was not asked before the time limit.";
  private static final String NOT_ANSWERED = "NeuPrint had not answered by the time limit.";

  private final TypeQuestion question;
  private final DescribeListener listener;
  private final RetryingClient retryingClient;
  private final QueryMetrics metrics;
  private final Apoc apoc;
  private final Clock clock;
  private final String comment;
  private final List<String> primaryRois;
  private final Set<String> primaryRoiSet;
  private final ChunkQueue queue;
  private final AtomicInteger fruitless = new AtomicInteger();
  private final AtomicLong named = new AtomicLong();

  /** Why nothing more is asked, as the types that are left are told; the first reason stays. */
  private final AtomicReference<String> stopReason = new AtomicReference<>();

  /** What ends the whole question; the first stays. */
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  TypeDescriptionJob(
      TypeQuestion question,
      DescribeListener listener,
      RetryingClient retryingClient,
      QueryMetrics metrics,
      Apoc apoc,
      Clock clock,
      String comment) {
    this.question = question;
    this.listener = listener;
    this.retryingClient = retryingClient;
    this.metrics = metrics;
    this.apoc = apoc;
    this.clock = clock;
    this.comment = comment;
    this.primaryRois =
        question.primaryRois().stream().distinct().filter(TypeQuery::canBeAsked).toList();
    this.primaryRoiSet = new HashSet<>(primaryRois);
    List<TypeToAsk> types =
        question.types().stream().filter(type -> CypherLiteral.canExist(type.name())).toList();
    this.queue =
        new ChunkQueue(
            Chunk.largestFirst(Chunk.of(types, question.typesPerQuery(), apoc.isRefused())),
            question.queriesInFlight());
  }

  /** Asks everything and returns when each type has been heard of. */
  void run() {
    for (TypeToAsk type : question.types()) {
      if (!CypherLiteral.canExist(type.name())) {
        listener.unavailable(type.name(), "Its name is not valid Unicode: no neuron can have it.");
      }
    }
    List<Thread> threads = new ArrayList<>();
    int most = Math.min(question.queriesInFlight(), question.types().size());
    for (int i = 0; i < most; i++) {
      Thread thread = new Thread(this::work, "neuprint-query-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    threads.forEach(this::await);
    Throwable cause = broken.get();
    if (cause instanceof RuntimeException exception) {
      throw exception;
    } else if (cause instanceof Error error) {
      throw error;
    }
    for (Chunk chunk : queue.left()) {
      unavailable(chunk, stopReason.get());
    }
  }

  private void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        breakOff(new TransientFailure("The thread that asked NeuPrint was interrupted.", e));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      Chunk chunk;
      while ((chunk = queue.take(this::isOver)) != null) {
        List<Chunk> left = List.of();
        try {
          left = ask(chunk);
        } finally {
          queue.finished(left);
        }
      }
    } catch (InterruptedException e) {
      breakOff(new TransientFailure("A thread that asked NeuPrint was interrupted.", e));
    } catch (RuntimeException | Error e) {
      breakOff(e);
    }
  }

  private boolean isOver() {
    if (!clock.instant().isBefore(question.deadline())) {
      stopReason.compareAndSet(null, NOT_ASKED);
      return true;
    }
    return false;
  }

  /** Asks one chunk; what it leaves to be asked is handed back. */
  private List<Chunk> ask(Chunk chunk) throws InterruptedException {
    if (apoc.isRefused() && chunk.asksRois() && !chunk.plain()) {
      List<Chunk> smaller = Chunk.of(chunk.types(), question.typesPerQuery(), true);
      if (smaller.size() > 1) {
        return smaller;
      }
      return ask(smaller.get(0));
    }
    try {
      List<Chunk> doubtful = deliver(chunk, answer(chunk));
      if (usesApoc(chunk)) {
        apoc.worked();
      }
      return doubtful;
    } catch (FailedQueryException failed) {
      return react(chunk, failed);
    }
  }

  private List<Chunk> react(Chunk chunk, FailedQueryException failed) throws InterruptedException {
    return switch (failed.classification().reaction()) {
      case REFUSE -> {
        stop(failed.reason());
        unavailable(chunk, failed.reason());
        yield List.of();
      }
      case OUT_OF_TIME -> {
        String reason = stopReason.get();
        unavailable(chunk, reason == null || reason.equals(NOT_ASKED) ? NOT_ANSWERED : reason);
        yield List.of();
      }
      case REPEAT -> {
        unavailable(chunk, failed.reason());
        yield List.of();
      }
      case ASK_WITHOUT_APOC -> usesApoc(chunk) ? askPlainly(chunk, failed) : divide(chunk, failed);
      case ASK_AGAIN_ONCE -> divide(chunk, failed);
      case ASK_FOR_LESS, TYPES_FAULT ->
          usesApoc(chunk) && chunk.isLone() ? askPlainly(chunk, failed) : divide(chunk, failed);
    };
  }

  /** The same types without APOC; what that tells of APOC is remembered. */
  private List<Chunk> askPlainly(Chunk chunk, FailedQueryException withApoc)
      throws InterruptedException {
    try {
      TypeAnswer answer = answer(chunk.inPlainForm());
      if (withApoc.classification().reaction() == ErrorReaction.ASK_WITHOUT_APOC) {
        apoc.wasRefused();
      } else {
        apoc.failedForOneType();
      }
      return deliver(chunk.inPlainForm(), answer);
    } catch (FailedQueryException plainly) {
      return switch (plainly.classification().reaction()) {
        case REFUSE, OUT_OF_TIME, REPEAT -> react(chunk, plainly);
        case ASK_AGAIN_ONCE, ASK_WITHOUT_APOC, ASK_FOR_LESS, TYPES_FAULT -> divide(chunk, plainly);
      };
    }
  }

  private List<Chunk> divide(Chunk chunk, FailedQueryException failed) {
    if (fruitless.incrementAndGet() >= FRUITLESS) {
      stop(failed.reason());
    }
    if (chunk.isLone() || fruitless.get() >= FRUITLESS) {
      name(chunk, failed.reason());
      return List.of();
    }
    metrics.split();
    return chunk.halves();
  }

  private TypeAnswer answer(Chunk chunk) throws FailedQueryException, InterruptedException {
    String cypher =
        comment
            + TypeQuery.of(
                chunk.types(), question.sideRule(), primaryRois, question.facets(), chunk.plain());
    String dataset = question.version().dataset();
    TypeAnswer answered =
        retryingClient.ask(
            new NeuPrintRequest<>(
                dataset,
                cypher,
                true,
                body -> {
                  TypeAnswer answer =
                      new TypeAnswer(
                          dataset,
                          chunk.types(),
                          question.sideRule(),
                          primaryRoiSet,
                          question.facets());
                  Rows.read(body, answer::add);
                  return answer;
                },
                // The search for a cause goes through many queries that fail.
                () -> chunk.again() ? Backoff.PATIENT.onceAt500() : Backoff.PATIENT,
                question.deadline(),
                queue));
    fruitless.set(0);
    return answered;
  }

  private boolean usesApoc(Chunk chunk) {
    return !chunk.plain() && chunk.asksRois() && !primaryRois.isEmpty();
  }

  /**
   * Hands on what is right in an answer. What is not is asked for once more, together, then in
   * halves; the version alone tells whether the dataset was edited.
   *
   * @return what is to be asked again
   */
  private List<Chunk> deliver(Chunk chunk, TypeAnswer answer) {
    if (answer.version() != null && !answer.version().equals(question.version())) {
      throw new DatasetEditedException(question.version(), answer.version());
    }
    List<TypeFacts> facts = answer.facts();
    List<TypeToAsk> doubtful = new ArrayList<>();
    Map<String, String> culprits = new LinkedHashMap<>();
    for (TypeToAsk type : chunk.types()) {
      TypeFaultException fault = answer.faults().get(type.name());
      if (fault != null && fault.mayMend() && !(chunk.again() && chunk.isLone())) {
        doubtful.add(type);
      } else if (fault != null) {
        culprits.put(type.name(), fault.getMessage());
      }
    }
    synchronized (listener) {
      if (broken.get() == null) {
        if (!facts.isEmpty()) {
          listener.described(facts);
        }
        culprits.forEach(listener::unavailable);
      }
    }
    count(culprits.size());
    if (doubtful.isEmpty()) {
      return List.of();
    }
    metrics.split();
    Chunk rest = chunk.onceMore(doubtful);
    return chunk.again() && !rest.isLone() ? rest.halves() : List.of(rest);
  }

  /** Types that are unavailable for what is in their own query. */
  private void name(Chunk chunk, String reason) {
    unavailable(chunk, reason);
    count(chunk.types().size());
  }

  private void count(int more) {
    if (named.addAndGet(more) > question.mostUnavailable()) {
      stop(TOO_MANY);
    }
  }

  private void unavailable(Chunk chunk, String reason) {
    synchronized (listener) {
      if (broken.get() == null) {
        chunk.types().forEach(type -> listener.unavailable(type.name(), reason));
      }
    }
  }

  /** Nothing more is asked; the types that are left are unavailable for this reason. */
  private void stop(String reason) {
    stopReason.compareAndSet(null, reason);
    queue.stop();
  }

  private void breakOff(Throwable cause) {
    broken.compareAndSet(null, cause);
    queue.stop();
  }
}
