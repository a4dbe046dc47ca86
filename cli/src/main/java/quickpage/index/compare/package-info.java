/** Published indexes, read type by type and compared. */
package quickpage.index.compare;
