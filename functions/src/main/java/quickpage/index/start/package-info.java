/**
 * The stage that starts runs by upload: reads the messages of the upload queue, notes what changed,
 * and decides alone whether a run begins. It lists no page and publishes nothing.
 */
package quickpage.index.start;
