package quickpage.index.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What can mend a run that published nothing. */
public enum Remedy {
  /** Time: the same run may succeed later. */
  LATER("later"),
  /** A person, who has to change something first: the input, a permission, a token, the pages. */
  PERSON("person");

  private final String word;

  Remedy(String word) {
    this.word = word;
  }

  /** As it stands in answers and reports. */
  @JsonValue
  public String word() {
    return word;
  }

  /** A word of another version, or none, is taken as {@link #LATER}: then nothing is given up. */
  @JsonCreator
  public static Remedy of(String word) {
    return PERSON.word.equals(word) ? PERSON : LATER;
  }
}
