package quickpage.index.cli;

import quickpage.index.neuprint.token.TokenSource;

/** A token that this process made up for a server of its own. */
record FixedToken(String token) implements TokenSource {

  @Override
  public String reread() {
    return token;
  }

  @Override
  public String origin() {
    return "this command";
  }

  /** Says nothing of the token. */
  @Override
  public String toString() {
    return "a token of this command's own";
  }
}
