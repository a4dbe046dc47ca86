/**
 * The benchmark: a run beside what users would do instead, against the same server. Whatever is
 * measured is a process of its own, from its start to its end.
 */
package quickpage.index.bench;
