/** The contract of the workflow: what the stages hand each other, and the numbers they report. */
package quickpage.index.model.run;
