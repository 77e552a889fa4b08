package io.ftpalg.data;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A data connection that is a Netty channel, whether it is still listened for, dialled, or there.
 *
 * <p>Owned by the session, on its loop; {@link ChannelListen} and {@link ChannelDial} bring it about.
 */
final class ChannelLeg implements DataLeg {
    private enum State { OPENING, CONNECTED, HANDED_OVER, ENDED }

    private final LegEvents events;
    private State state = State.OPENING;
    private @Nullable Channel channel;

    ChannelLeg(LegEvents events) {
        this.events = events;
    }

    LegEvents events() {
        return events;
    }

    /** Tells whether the data connection is still wanted and not there yet. */
    boolean opening() {
        return state == State.OPENING;
    }

    /** The socket that listens or dials now; it goes when the leg goes. */
    void opens(Channel channel) {
        this.channel = channel;
    }

    /** The data connection is there. */
    void connected(SocketChannel socket) {
        state = State.CONNECTED;
        channel = socket;
        events.connected(DataSockets.local(socket), DataSockets.remote(socket));
    }

    /** There will be none. */
    void failed(DataFailure failure, Throwable cause) {
        failed(failure, String.valueOf(cause.getMessage()));
    }

    /** There will be none. */
    void failed(DataFailure failure, String detail) {
        if (opening()) {
            end(false);
            events.failed(failure, detail);
        }
    }

    /** Returns the data connection to the relay that owns it from now on; {@link #close} and {@link #abort} are void. */
    SocketChannel handOver() {
        if (state != State.CONNECTED || !(channel instanceof SocketChannel socket)) {
            throw new IllegalStateException("no data connection to relay: " + state);
        }
        state = State.HANDED_OVER;
        events.silence();
        channel = null;
        return socket;
    }

    @Override
    public void close() {
        events.silence();
        end(true);
    }

    @Override
    public void abort() {
        events.silence();
        end(false);
    }

    private void end(boolean inOrder) {
        Channel last = channel;
        channel = null;
        if (state != State.HANDED_OVER) {
            state = State.ENDED;
        }
        if (last != null && inOrder) {
            DataSockets.close(last);
        } else if (last != null) {
            DataSockets.abort(last);
        }
    }
}
