/** The command line: words in, words and exit codes out. What a run does is decided elsewhere. */
package quickpage.index.cli;
