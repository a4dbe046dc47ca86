package quickpage.index.local;

import quickpage.index.error.RefusedException;

/** What was asked for needs the sandbox, and this release was packed without it. */
public final class NoSandboxException extends RefusedException {
  private static final long serialVersionUID = 1L;

  NoSandboxException() {
    super(
        "demo, sandbox and bench need the sandbox server, which this archive does not have: take"
            + " the archive quickpage-index-demo of the same release.");
  }
}
