package io.ftpalg.server.demo;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Records the gateway's events of TLS and of transfers; written on event loops, read by the demo's thread. */
final class GatewayEye implements AlgListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** More than one round has; those of people who try the demo are of no interest. */
    private static final int KEPT = 16;

    private final BlockingQueue<TransferFinished> transfers = new ArrayBlockingQueue<>(KEPT);
    private final Map<Side, TlsDetails> control = new ConcurrentHashMap<>();

    @Override
    public void sessionSecured(SessionSecured event) {
        control.put(event.side(), event.tls());
    }

    @Override
    public void transferFinished(TransferFinished event) {
        boolean unused = transfers.offer(event);
    }

    /** Returns the latest handshake of a control connection with this side. */
    Optional<TlsDetails> control(Side side) {
        return Optional.ofNullable(control.get(side));
    }

    /** Waits for the next event of a transfer, which may come later than the reply to the client. */
    TransferFinished nextTransfer() throws IOException {
        try {
            TransferFinished next = transfers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new IOException("the gateway does not report the transfer");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
