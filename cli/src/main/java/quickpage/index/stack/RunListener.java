package quickpage.index.stack;

/** Is told how a run goes on, as far as looking at it now and then shows. */
public interface RunListener {

  /** The workflow has come to another state. */
  void stateEntered(String state);

  /**
   * A map has done more of its items.
   *
   * @param done how many ended, well or not
   * @param items how many it has, at least one
   */
  void itemsDone(String state, int done, int items);
}
