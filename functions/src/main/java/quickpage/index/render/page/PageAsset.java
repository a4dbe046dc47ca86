package quickpage.index.render.page;

/**
 * A file that the page loads. Its name holds the hash of its bytes, so it may be cached for ever;
 * it holds neither a time nor a server's address.
 *
 * @param path relative to the site root, e.g. {@code static/index/page-3f2a….js}
 * @param contentType for the {@code Content-Type} header
 * @param bytes the file; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by path, which holds the hash of the bytes
public record PageAsset(String path, String contentType, byte[] bytes) {}
