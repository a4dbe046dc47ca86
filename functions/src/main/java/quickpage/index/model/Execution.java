package quickpage.index.model;

/**
 * The workflow execution that a stage works for.
 *
 * @param id its ARN
 * @param startTime ISO 8601
 */
public record Execution(String id, String name, String startTime) {}
