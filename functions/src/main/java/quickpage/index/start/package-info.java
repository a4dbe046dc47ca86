/**
 * The stage that starts runs by upload: reads the messages of the upload queue, notes what changed,
 * and decides alone whether a run begins. It publishes nothing, and lists pages only to see whether
 * a removed version of one was what readers saw.
 */
package quickpage.index.start;
