package io.ftpalg.session.base;

import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.data.OffloadRequest;
import io.ftpalg.session.data.OffloadedConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What both sides agreed for the next transfer: a data connection with each, how it was named, and how far it is. Owned by
 * the session; a new PASV, PORT, EPSV or EPRT replaces it.
 */
public final class DataPlan {
    private final Leg client;
    private final Leg server;
    private final Set<Side> underTls = EnumSet.noneOf(Side.class);
    private Offload offload = Offload.NONE;

    public DataPlan(DataSyntax clientSyntax, DataSyntax serverSyntax) {
        // The client's PASV means that the gateway listens; the gateway's own PASV that the server does.
        client = new Leg(Side.CLIENT, clientSyntax, clientSyntax.passive());
        server = new Leg(Side.SERVER, serverSyntax, !serverSyntax.passive());
    }

    public Leg leg(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    /** Another transfer begins: its connections are not watched yet. */
    public void watchAgain() {
        client.watched = false;
        server.watched = false;
    }

    /** The transfer that begins now is under TLS on these legs. */
    public void protect(boolean clientTls, boolean serverTls) {
        underTls.clear();
        if (clientTls) {
            underTls.add(Side.CLIENT);
        }
        if (serverTls) {
            underTls.add(Side.SERVER);
        }
    }

    /** Returns the legs that are under TLS. */
    public Set<Side> underTls() {
        return underTls;
    }

    /** Dials the target of this side, unless that was done, the peer dials us, or the kernel connects to it. */
    public void dialOnce(Side side, SessionActions port) {
        if (!isOffloaded()) {
            leg(side).dialOnce(port);
        }
    }

    public boolean bothConnected() {
        return client.step == Step.CONNECTED && server.step == Step.CONNECTED;
    }

    /** Returns whether somebody else connected to a port where the expected peer has not yet. */
    public boolean hasUnexpectedPeer() {
        return client.hasUnexpectedPeer() || server.hasUnexpectedPeer();
    }

    // ---- the kernel

    /** Has the kernel carry the connection that comes to the data port that is open. */
    public void offload(OffloadRequest request, SessionActions port) {
        offload = Offload.ASKED;
        port.offload(request);
    }

    /** Returns whether the result of the request to the kernel is awaited. */
    public boolean awaitsOffload() {
        return offload == Offload.ASKED;
    }

    /** Returns whether the kernel carries the connection, which may not be there yet. */
    public boolean isOffloaded() {
        return offload == Offload.READY || offload == Offload.CONNECTED;
    }

    void onOffloaded() {
        offload = Offload.READY;
    }

    /** The kernel does not carry it, or not any more: the connection arrives at the data port. */
    void onNotOffloaded() {
        offload = Offload.NONE;
    }

    /** The kernel has connected both peers; where the kernel chose a port, it is 0. */
    void onOffloadConnected(OffloadedConnection ends) {
        offload = Offload.CONNECTED;
        client.onConnected(ends.clientLocal(), ends.clientRemote());
        server.onConnected(ends.serverLocal(), ends.serverRemote());
    }

    /**
     * The connection is to arrive at the gateway after all, if it is not there yet. Returns false if it is: it cannot be taken
     * back.
     */
    boolean withdrawOffload(SessionActions port) {
        if (offload == Offload.CONNECTED) {
            return false;
        }
        if (offload != Offload.NONE) {
            offload = Offload.NONE;
            port.withdrawOffload();
        }
        return true;
    }

    /** Closes what is open, in order. */
    public void close(SessionActions port) {
        end(client, port::closeData);
        end(server, port::closeData);
    }

    /** Cuts what is open, so that both peers see a failure. */
    public void abort(SessionActions port) {
        end(client, port::abortData);
        end(server, port::abortData);
    }

    private static void end(Leg leg, Consumer<Side> wish) {
        if (leg.step == Step.OPENING || leg.step == Step.CONNECTED) {
            leg.step = Step.OVER;
            wish.accept(leg.side);
        }
    }

    /** How far the kernel is with carrying the connection. */
    private enum Offload {
        NONE,
        ASKED,
        READY,
        CONNECTED
    }

    /** How far a leg is. */
    public enum Step {
        AGREED,
        OPENING,
        CONNECTED,
        OVER
    }

    /** One side's data connection. */
    public static final class Leg {
        private final Side side;
        private DataSyntax syntax;
        private final boolean listens;
        private Step step = Step.AGREED;
        private @Nullable InetSocketAddress target;
        private @Nullable InetAddress named;
        private @Nullable InetSocketAddress local;
        private int announcedPort;
        private @Nullable InetSocketAddress remote;
        private @Nullable TlsDetails tls;
        private boolean watched;
        private boolean unexpectedPeer;

        private Leg(Side side, DataSyntax syntax, boolean listens) {
            this.side = side;
            this.syntax = syntax;
            this.listens = listens;
        }

        public DataSyntax syntax() {
            return syntax;
        }

        /** Names the leg in another syntax of the same direction. */
        public void syntax(DataSyntax other) {
            syntax = other;
        }

        /** The peer's port could not be reached: another one is to be agreed. */
        public void renew() {
            step = Step.AGREED;
            target = null;
            named = null;
        }

        Side side() {
            return side;
        }

        public Step step() {
            return step;
        }

        public boolean listens() {
            return listens;
        }

        public Optional<InetSocketAddress> local() {
            return Optional.ofNullable(local);
        }

        /** Returns the number of the port that is open, where the peer sees it. */
        public int announcedPort() {
            return announcedPort;
        }

        Optional<InetSocketAddress> remote() {
            return Optional.ofNullable(remote);
        }

        /** Remembers where this leg is to be dialled. */
        public void target(InetSocketAddress address) {
            target = address;
        }

        public Optional<InetSocketAddress> target() {
            return Optional.ofNullable(target);
        }

        /** Remembers the host that the peer named, where another one is dialled. */
        public void named(InetAddress host) {
            named = host;
        }

        /** Returns the host that the peer named, if another one is dialled. */
        public Optional<InetAddress> named() {
            return Optional.ofNullable(named);
        }

        Optional<TlsDetails> tls() {
            return Optional.ofNullable(tls);
        }

        /** The transfer's connection is under TLS. */
        public void onSecured(TlsDetails details) {
            tls = details;
        }

        public void listen(SessionActions port) {
            step = Step.OPENING;
            port.listen(side);
        }

        /** Dials the target, unless that was done or the peer dials us. */
        void dialOnce(SessionActions port) {
            if (step == Step.AGREED && target != null) {
                step = Step.OPENING;
                port.dial(side, target);
            }
        }

        /** Has the first bytes, or the end, of a connection that is there reported, once. */
        public void watchOnce(SessionActions port) {
            if (step == Step.CONNECTED && !watched) {
                watched = true;
                port.watchData(side);
            }
        }

        void onListening(InetSocketAddress address, int announced) {
            local = address;
            announcedPort = announced;
        }

        void onConnected(InetSocketAddress localEnd, InetSocketAddress remoteEnd) {
            step = Step.CONNECTED;
            local = localEnd;
            remote = remoteEnd;
        }

        void onUnexpectedPeer() {
            unexpectedPeer = true;
        }

        public boolean hasUnexpectedPeer() {
            return unexpectedPeer && step == Step.OPENING;
        }

        void onOver() {
            step = Step.OVER;
        }
    }
}
