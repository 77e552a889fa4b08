package io.ftpalg.data.leg;

import io.ftpalg.data.port.FreePorts;
import io.ftpalg.data.port.PacketMarks;
import io.ftpalg.data.tunnel.SocksBind;
import io.ftpalg.data.tunnel.Tunnel;
import io.ftpalg.haproxy.SentProxyHeader;
import io.ftpalg.protocol.PortRange;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * What is to be dialled.
 *
 * @param remote the peer's data port, resolved; with a tunnel its proxy
 * @param local what to bind first, where that matters: port 0 is any port; several connections may share one
 * @param localPorts the ports of which the local one must be, in place of that of {@code local}
 * @param timeout how long the peer may take to accept
 * @param marks marks on its packets
 * @param foreign whether the local address is another host's ({@link io.ftpalg.data.port.ForeignAddress})
 * @param tunnel the proxies through which the peer's data port is connected to, if there are any
 * @param header the PROXY header with which the connection begins, before all else, if it does
 * @param bind what is asked of the SOCKS5 proxy that is dialled, if the peer is to connect to it
 */
public record DialRequest(
        InetSocketAddress remote,
        Optional<InetSocketAddress> local,
        Optional<PortRange> localPorts,
        Duration timeout,
        PacketMarks marks,
        boolean foreign,
        Optional<Tunnel> tunnel,
        Optional<SentProxyHeader> header,
        Optional<SocksBind> bind) {

    public DialRequest {
        if (remote.isUnresolved()) {
            throw new IllegalArgumentException("a data port is dialled by its address, never by name");
        }
        if (localPorts.isPresent() && local.isEmpty()) {
            throw new IllegalArgumentException("local ports are those of a local address");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout is longer than nothing, not " + timeout);
        }
    }

    /** Makes one for a connection from a local address that is this host's. */
    public DialRequest(
            InetSocketAddress remote,
            Optional<InetSocketAddress> local,
            Optional<PortRange> localPorts,
            Duration timeout,
            PacketMarks marks) {
        this(remote, local, localPorts, timeout, marks, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Makes one for a connection from one local end, or any, that is not marked. */
    public DialRequest(InetSocketAddress remote, Optional<InetSocketAddress> local, Duration timeout) {
        this(remote, local, Optional.empty(), timeout, PacketMarks.NONE);
    }

    /** Returns the same from a local address that is another host's, if so. */
    public DialRequest withForeign(boolean other) {
        return new DialRequest(remote, local, localPorts, timeout, marks, other, tunnel, header, bind);
    }

    /** Returns the same through these proxies; the first one is dialled. */
    public DialRequest through(Tunnel proxies) {
        return new DialRequest(
                proxies.proxy(), local, localPorts, timeout, marks, foreign, Optional.of(proxies), header, bind);
    }

    /** Returns the same for a connection that begins with this header, if so. */
    public DialRequest withHeader(Optional<SentProxyHeader> other) {
        return new DialRequest(remote, local, localPorts, timeout, marks, foreign, tunnel, other, bind);
    }

    /** Returns the same where the proxy that is dialled is asked for this. */
    public DialRequest asking(SocksBind what) {
        return new DialRequest(remote, local, localPorts, timeout, marks, foreign, tunnel, header, Optional.of(what));
    }

    /** Returns the local ends to try in this order; none if any will do. */
    public Iterator<InetSocketAddress> locals() {
        return locals(true);
    }

    /** Returns the same for a socket that cannot leave the port to connect, if so: ports to share come before any. */
    public Iterator<InetSocketAddress> locals(boolean late) {
        if (localPorts.isEmpty()) {
            return late || local.isEmpty() || local.get().getPort() != 0
                    ? local.stream().iterator()
                    : FreePorts.anyPort(local.get().getAddress());
        }
        return FreePorts.candidates(local.orElseThrow().getAddress(), localPorts.get());
    }
}
