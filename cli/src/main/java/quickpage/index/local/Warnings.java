package quickpage.index.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What did not stop a run, told when it is found and kept for the end. For several threads. */
final class Warnings {
  private final Consumer<String> told;
  private final List<String> sentences = new ArrayList<>();

  Warnings(Consumer<String> told) {
    this.told = told;
  }

  synchronized void add(String sentence) {
    sentences.add(sentence);
    told.accept(sentence);
  }

  synchronized List<String> all() {
    return List.copyOf(sentences);
  }
}
