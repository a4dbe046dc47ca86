package quickpage.index.model.run;

/**
 * What a stage asked of NeuPrint.
 *
 * @param requests HTTP requests sent, repeats included
 * @param typeQueries requests of them that asked for types' data, repeats included
 * @param errors requests that were answered with an error, or not as they should be, or not at all
 * @param retries requests repeated because the server was busy or away
 * @param splits queries cut in halves
 * @param bytesReceived body bytes read, after decompression
 * @param waitMilliseconds from sending queries for types to the first byte of their answers, added
 *     up
 * @param readMilliseconds receiving and reading those answers, added up
 * @param latency time from request to the end of the answer, in milliseconds, as a compressed
 *     HdrHistogram in Base64; "" if nothing was asked
 */
public record QueryStatistics(
    long requests,
    long typeQueries,
    long errors,
    long retries,
    long splits,
    long bytesReceived,
    long waitMilliseconds,
    long readMilliseconds,
    String latency) {

  public static final QueryStatistics NONE = new QueryStatistics(0, 0, 0, 0, 0, 0, 0, 0, "");
}
