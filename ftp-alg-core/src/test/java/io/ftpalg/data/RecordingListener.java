package io.ftpalg.data;

import io.ftpalg.data.leg.DataLegListener;
import io.ftpalg.policy.DataFailure;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A listener that keeps what it hears, for a test to wait for on its own thread. */
public final class RecordingListener implements DataLegListener {
    public final List<String> heard = new CopyOnWriteArrayList<>();
    public final List<String> details = new CopyOnWriteArrayList<>();
    public final List<InetSocketAddress> unexpectedPeers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    private final CompletableFuture<InetSocketAddress> connected = new CompletableFuture<>();
    private final CompletableFuture<DataFailure> failed = new CompletableFuture<>();

    @Override
    public void onListening(InetSocketAddress local) {
        heard.add("listening");
        listening.complete(local);
    }

    @Override
    public void onReadable() {
        heard.add("readable");
    }

    @Override
    public void onConnected(InetSocketAddress local, InetSocketAddress remote) {
        heard.add("connected");
        connected.complete(remote);
    }

    @Override
    public void onFailed(DataFailure failure, String detail) {
        heard.add("failed");
        details.add(detail);
        failed.complete(failure);
    }

    @Override
    public void onUnexpectedPeer(InetSocketAddress remote) {
        heard.add("unexpected");
        unexpectedPeers.add(remote);
    }

    public InetSocketAddress listening() {
        return soon(listening);
    }

    public InetSocketAddress connected() {
        return soon(connected);
    }

    public DataFailure failed() {
        return soon(failed);
    }

    /** Waits for whichever comes first: a port (true) or a failure (false). */
    public boolean gotPort() {
        soon(CompletableFuture.anyOf(listening, failed));
        return listening.isDone();
    }

    public static <T> T soon(CompletableFuture<T> future) {
        try {
            return future.get(8, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("did not come: " + e, e);
        }
    }
}
