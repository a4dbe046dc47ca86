package quickpage.index.neuprint.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A small HTTP proxy that tunnels every {@code CONNECT} to one server of this machine, whatever
 * host it names, as if that host were known to the proxy alone.
 */
final class ConnectProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final String authorization;

  /** First lines of the requests, and their Proxy-Authorization where they had one. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Starts it on a free port.
   *
   * @param authorization the header that it wants, or null
   */
  ConnectProxy(int target, String authorization) throws IOException {
    this.target = target;
    this.authorization = authorization;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "connect-proxy");
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

  private void serve(Socket client) {
    try (client) {
      List<String> head = head(client.getInputStream());
      String given =
          head.stream()
              .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:"))
              .map(line -> " " + line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse("");
      asked.add(head.get(0) + given);
      OutputStream out = client.getOutputStream();
      if (authorization != null && !given.strip().equals(authorization)) {
        write(
            out,
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic"
                + " realm=\"p\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      if (!head.get(0).startsWith("CONNECT ")) {
        write(out, "HTTP/1.1 405 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        write(out, "HTTP/1.1 200 OK\r\n\r\n");
        daemon(() -> copy(server, client));
        client.getInputStream().transferTo(server.getOutputStream());
      }
    } catch (IOException gone) {
      // One side has closed.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // One side has closed.
    }
  }

  private static List<String> head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0) {
        throw new IOException("no request");
      }
      head.append((char) one);
    }
    return head.toString().lines().toList();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
