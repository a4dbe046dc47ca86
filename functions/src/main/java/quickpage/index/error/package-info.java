/** Failures that end a run with a sentence for a person. */
package quickpage.index.error;
