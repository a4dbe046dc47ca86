/**
 * The stage that decides what a run does: settings, dataset version, pages, entries and batches. It
 * writes the plan and describes no type.
 */
package quickpage.index.plan;
