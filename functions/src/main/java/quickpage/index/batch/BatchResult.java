package quickpage.index.batch;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the batch stage answers; a few bytes, for the workflow keeps it.
 *
 * @param failure why the batch could not even begin; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchResult(String failure, Integer types, Integer misses, Integer unavailable) {}
