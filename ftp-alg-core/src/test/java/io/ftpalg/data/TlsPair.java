package io.ftpalg.data;

import io.ftpalg.data.DataFixture.Joined;
import io.ftpalg.data.DataFixture.Wire;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayPlan.Flow;
import io.ftpalg.data.tls.LegTls;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Side;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** One relay with its two peers, either of them under TLS or in the clear. */
public final class TlsPair implements AutoCloseable {
    public final DataFixture fixture;
    public final Peer client;
    public final Peer server;

    public TlsPair(Kind kind, boolean clientTls, boolean serverTls) throws IOException {
        this.fixture = new DataFixture(kind);
        this.client = new Peer(Side.CLIENT, fixture.listened(), clientTls);
        this.server = new Peer(Side.SERVER, fixture.dialled(), serverTls);
    }

    public static RelayPlan plan(Flow flow, Optional<? extends LegTls> client, Optional<? extends LegTls> server) {
        return new RelayPlan(
                flow,
                Duration.ofSeconds(30),
                256 << 10,
                Duration.ofSeconds(5),
                RelayPlan.Until.CLOSED,
                client.map(tls -> tls),
                server.map(tls -> tls),
                TransferTerms.NONE);
    }

    public Joined join(RelayPlan plan) {
        return fixture.join(client.wire, server.wire, plan);
    }

    public Peer sender(Flow flow) {
        return flow == Flow.UPLOAD ? client : server;
    }

    public Peer receiver(Flow flow) {
        return flow == Flow.UPLOAD ? server : client;
    }

    @Override
    public void close() throws IOException {
        client.wire.peer().close();
        server.wire.peer().close();
        fixture.close();
    }

    /** The other end of one leg. */
    public static final class Peer {
        public final Wire wire;
        private final Socket stream;
        private boolean secured;

        public Peer(Side side, Wire wire, boolean tls) throws IOException {
            this.wire = wire;
            this.stream = tls ? Tls.peer(side, wire) : wire.peer();
        }

        public boolean isSecured() {
            return stream instanceof SSLSocket;
        }

        /** Shakes hands, if it is under TLS. */
        public void secure() throws IOException {
            if (!secured && stream instanceof SSLSocket ssl) {
                ssl.startHandshake();
                secured = true;
            }
        }

        public void send(byte[] bytes, int size) throws IOException {
            secure();
            stream.getOutputStream().write(bytes, 0, size);
        }

        /** Sends close_notify and no FIN; in the clear FIN. */
        public void end() throws IOException {
            secure();
            if (!stream.isOutputShutdown()) {
                stream.shutdownOutput();
            }
        }

        /** Sends FIN and no close_notify. */
        public void fin() throws IOException {
            wire.fin();
        }

        public void rst() throws IOException {
            wire.rst();
        }

        public InputStream input() throws IOException {
            return stream.getInputStream();
        }

        public byte[] readSecured() throws IOException {
            secure();
            return readAll();
        }

        public byte[] readAll() throws IOException {
            return input().readAllBytes();
        }
    }
}
