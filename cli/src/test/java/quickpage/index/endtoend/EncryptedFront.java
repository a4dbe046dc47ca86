package quickpage.index.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Speaks TLS before a server that does not, itself or behind an HTTP proxy of a network that knows
 * hosts of its own: then a connection begins with {@code CONNECT}.
 */
final class EncryptedFront implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final SSLSocketFactory tls;
  private final boolean behindProxy;

  /** The lines that a proxy was sent before it opened a tunnel. */
  final List<String> toProxy = new CopyOnWriteArrayList<>();

  /** Starts it on a free port, before a server on this machine. */
  EncryptedFront(int target, SSLSocketFactory tls, boolean behindProxy) throws IOException {
    this.target = target;
    this.tls = tls;
    this.behindProxy = behindProxy;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "encrypted-front");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        daemon(() -> serve(client));
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      if (behindProxy) {
        openTunnel(plain);
      }
      try (SSLSocket client = (SSLSocket) tls.createSocket(plain, null, true);
          Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        client.setUseClientMode(false);
        daemon(() -> copy(server, client));
        client.getInputStream().transferTo(server.getOutputStream());
      }
    } catch (IOException gone) {
      // One side has closed, or does not trust the other.
    }
  }

  private void openTunnel(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0) {
        throw new IOException("no request");
      }
      head.append((char) one);
    }
    head.toString().lines().forEach(toProxy::add);
    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // One side has closed.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
