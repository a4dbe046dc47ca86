package quickpage.index.workflow;

import java.util.Map;

/** States by name, and where to start: the whole workflow, or what a map runs for each item. */
record StateMachine(String startAt, Map<String, State> states) {}
