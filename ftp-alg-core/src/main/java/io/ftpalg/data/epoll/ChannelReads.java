package io.ftpalg.data.epoll;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

/**
 * The handle of a channel, which learns of the peer's FIN by its reads only: EPOLLRDHUP is kept from it. Once Netty 4.2.18 has that event, it
 * reads all that stands before the FIN at once, asked or not, which no rate and no bound of a transfer would hold. After a reset it may: nothing else
 * shows the reset to a channel that is not read. On its loop.
 */
@SuppressWarnings("try") // The interface has close() so.
final class ChannelReads implements EpollIoHandle {
    private final EpollIoHandle channel;

    ChannelReads(EpollIoHandle channel) {
        this.channel = channel;
    }

    /** Returns what epoll is to report of what the channel asks for. */
    static EpollIoOps asked(EpollIoOps ops) {
        return ops.without(EpollIoOps.EPOLLRDHUP);
    }

    @Override
    public FileDescriptor fd() {
        return channel.fd();
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        EpollIoOps ready = ((EpollIoEvent) event).ops();
        boolean reset = ready.contains(EpollIoOps.EPOLLERR);
        channel.handle(registration, reset ? new Ended(ready.with(EpollIoOps.EPOLLRDHUP)) : event);
    }

    @Override
    public void registered() {
        channel.registered();
    }

    @Override
    public void unregistered() {
        channel.unregistered();
    }

    @Override
    public void close() throws Exception {
        channel.close();
    }

    private record Ended(EpollIoOps ops) implements EpollIoEvent {}
}
