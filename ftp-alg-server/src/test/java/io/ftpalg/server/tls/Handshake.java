package io.ftpalg.server.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** One TLS connection in memory: a handshake, a byte each way (which brings tickets), and an end in order. */
final class Handshake {
    private static final int ROUNDS = 200;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer plain = ByteBuffer.allocate(1 << 15);

    private Handshake(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
    }

    /** Connects to a server of this name; the port tells the FTP session whose TLS session is resumed. */
    static Handshake between(SslContext client, SslContext server, String name, int port) throws SSLException {
        return run(client.newEngine(ByteBufAllocator.DEFAULT, name, port), server.newEngine(ByteBufAllocator.DEFAULT));
    }

    /** Does the same where only its success matters. */
    static void connect(SslContext client, SslContext server, String name, int port) throws SSLException {
        var unused = between(client, server, name, port);
    }

    static Handshake run(SSLEngine client, SSLEngine server) throws SSLException {
        Handshake connection = new Handshake(client, server);
        client.beginHandshake();
        server.beginHandshake();
        connection.exchange(ByteBuffer.allocate(0));
        if (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                || server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw new SSLException("the handshake does not end");
        }
        connection.exchange(ByteBuffer.wrap(new byte[] {1}));
        client.closeOutbound();
        server.closeOutbound();
        connection.exchange(ByteBuffer.allocate(0));
        return connection;
    }

    SSLSession seenByClient() {
        return client.getSession();
    }

    SSLSession seenByServer() {
        return server.getSession();
    }

    String alpn() {
        return String.valueOf(client.getApplicationProtocol());
    }

    private void exchange(ByteBuffer data) throws SSLException {
        boolean moved = true;
        for (int round = 0; moved && round < ROUNDS; round++) {
            moved = turn(client, data.duplicate(), toClient, toServer, round == 0);
            try {
                moved |= turn(server, data.duplicate(), toServer, toClient, round == 0);
            } catch (SSLException told) {
                // The client sends its alert before it says why; the reason is the better one.
                turn(client, ByteBuffer.allocate(0), toClient, toServer, false);
                throw told;
            }
        }
    }

    private boolean turn(SSLEngine engine, ByteBuffer data, ByteBuffer in, ByteBuffer out, boolean first)
            throws SSLException {
        boolean moved = tasks(engine);
        in.flip();
        try {
            while (in.hasRemaining() && !engine.isInboundDone()) {
                plain.clear();
                SSLEngineResult result = engine.unwrap(in, plain);
                moved |= tasks(engine) || result.bytesConsumed() > 0;
                if (result.bytesConsumed() == 0 && engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
                    break;
                }
            }
        } finally {
            in.compact();
        }
        for (int i = 0; i < ROUNDS; i++) {
            SSLEngineResult result = engine.wrap(first && i == 0 ? data : ByteBuffer.allocate(0), out);
            moved |= tasks(engine) || result.bytesProduced() > 0;
            if (result.bytesProduced() == 0) {
                break;
            }
            if (engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                break;
            }
        }
        return moved;
    }

    private static boolean tasks(SSLEngine engine) {
        boolean any = false;
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
            any = true;
        }
        return any;
    }
}
