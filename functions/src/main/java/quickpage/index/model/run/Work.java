package quickpage.index.model.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Kinds of work that a run's time goes to, as its report names them. */
public enum Work {
  /** Listing the pages of the site. */
  @JsonProperty("listing")
  LISTING,
  /** The list of datasets and the version of the run's. */
  @JsonProperty("version")
  VERSION,
  /** All types with their neurons. */
  @JsonProperty("types")
  TYPES,
  /** The Meta node, and which properties tell sides. */
  @JsonProperty("meta")
  META,
  /** Reading facts from the cache. */
  @JsonProperty("cacheRead")
  CACHE_READ,
  /** From sending a query for types to the first byte of its answer. */
  @JsonProperty("queryWait")
  QUERY_WAIT,
  /** Receiving and reading the answers to queries for types. */
  @JsonProperty("parse")
  PARSE,
  /** Writing facts to the cache. */
  @JsonProperty("cacheWrite")
  CACHE_WRITE,
  /** Making entries of facts, and writing them to shards. */
  @JsonProperty("shards")
  SHARDS,
  /** Reading shards and making the files of the index. */
  @JsonProperty("compose")
  COMPOSE,
  /** Writing the files of the index into the site. */
  @JsonProperty("publish")
  PUBLISH
}
