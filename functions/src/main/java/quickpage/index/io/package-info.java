/** Waiting well: what every client of a remote store here does in the same way. No domain in it. */
package quickpage.index.io;
