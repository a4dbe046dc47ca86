package quickpage.index.local;

import quickpage.index.model.Refusal;

/** What was asked for needs the sandbox, and this release was packed without it. */
public final class NoSandbox extends Refusal {
  private static final long serialVersionUID = 1L;

  NoSandbox() {
    super(
        "demo, sandbox and bench need the sandbox server, which this archive does not have: take"
            + " the archive quickpage-index-demo of the same release.");
  }
}
