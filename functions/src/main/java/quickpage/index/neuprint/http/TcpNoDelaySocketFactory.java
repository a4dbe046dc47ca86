package quickpage.index.neuprint.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that send what they are given at once. OkHttp leaves Nagle's algorithm on: the last
 * segment of a query then waits for the other side's delayed acknowledgement, which was measured to
 * cost each query of 10 KB and more 40 ms (Linux, 45 ms against 3 ms).
 */
public final class TcpNoDelaySocketFactory extends SocketFactory {
  private final SocketFactory base;

  public TcpNoDelaySocketFactory(SocketFactory base) {
    this.base = base;
  }

  @Override
  public Socket createSocket() throws IOException {
    return prompt(base.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(base.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return prompt(base.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(base.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return prompt(base.createSocket(host, port, localHost, localPort));
  }

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** OkHttp shares connections between clients only if their socket factories are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TcpNoDelaySocketFactory sockets && sockets.base.equals(base);
  }

  @Override
  public int hashCode() {
    return base.hashCode();
  }
}
