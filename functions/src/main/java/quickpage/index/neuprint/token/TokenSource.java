package quickpage.index.neuprint.token;

import quickpage.index.error.RefusedException;

/** Where the bearer token of a NeuPrint server comes from. Safe for use by several threads. */
public interface TokenSource {

  /**
   * The token, bare; may be remembered from an earlier reading. "" if none is set: some servers let
   * anybody read.
   *
   * @throws RefusedException if there should be one and is none, with where to put it
   */
  String token();

  /** Reads the source again, because the server refused what {@link #token} gave. */
  String reread();

  /** Where a person sets the token, for a sentence: {@code the variable NEUPRINT_TOKEN}. */
  String origin();
}
