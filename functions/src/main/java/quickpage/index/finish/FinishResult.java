package quickpage.index.finish;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the finish stage answers: the workflow's output.
 *
 * @param failure why nothing was published; null if it was
 * @param report key of the report; null if the run was refused before it had a folder
 * @param uploads that no published index has seen; null if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FinishResult(
    String failure,
    String run,
    String report,
    RunReport.Summary summary,
    RunReport.Uploads uploads) {}
