/**
 * The last stage, after success and failure alike: the report, and the sentence that says how the
 * run ended.
 */
package quickpage.index.finish;
