package quickpage.index.workflow;

import java.util.List;
import java.util.Map;

/**
 * One entry of a {@code Catch}.
 *
 * @param assign variables that the failure sets; the state's own Assign does not happen
 * @param output null: the error output itself
 */
record Catcher(
    List<String> errorEquals, Map<String, Template> assign, Template output, String next) {}
