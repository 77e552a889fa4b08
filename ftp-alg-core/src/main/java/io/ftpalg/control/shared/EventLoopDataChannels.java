package io.ftpalg.control.shared;

import io.ftpalg.control.net.Transport;
import io.ftpalg.data.DataChannels;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.port.PortRanges;
import io.ftpalg.data.shared.SharedPorts;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * The data channels of each event loop, made when a session on it first needs them, the ports that they share, and the results with servers'
 * data ports. Shared by all loops of a gateway.
 */
public final class EventLoopDataChannels {
    private final Map<EventLoop, DataChannels> byLoop = new ConcurrentHashMap<>();
    private final DataTransport transport;
    private final PortRanges ports;
    private final boolean zeroCopy;
    private final long relayMemory;
    private final Optional<KernelData> kernel;
    private final SharedPorts shared;
    private final UnusableSyntaxes unusable = new UnusableSyntaxes(System::nanoTime);

    /** Makes it, where the kernel carries nothing. */
    public EventLoopDataChannels(Transport transport, PortRanges ports, boolean zeroCopy, long relayMemory) {
        this(transport, ports, zeroCopy, relayMemory, Optional.empty(), new SharedPorts());
    }

    /** Makes it; nothing is opened before a session needs it. */
    public EventLoopDataChannels(
            Transport transport,
            PortRanges ports,
            boolean zeroCopy,
            long relayMemory,
            Optional<KernelData> kernel,
            SharedPorts shared) {
        this.transport = new DataTransport(transport.dataSockets(), transport.dataListeners());
        this.ports = ports;
        this.zeroCopy = zeroCopy;
        this.relayMemory = relayMemory;
        this.kernel = kernel;
        this.shared = shared;
    }

    public DataChannels on(EventLoop loop) {
        return byLoop.computeIfAbsent(
                loop,
                made -> new DataChannels(
                        made,
                        transport,
                        zeroCopy,
                        relayMemory,
                        kernel.isPresent() ? Optional.empty() : Optional.of(shared)));
    }

    /** Returns the ports to listen on for data. */
    public PortRanges ports() {
        return ports;
    }

    /** Returns whether a data port is open there, of whatever session. */
    public boolean isOpen(InetSocketAddress address) {
        return ports.isOpen(address) || shared.isOpen(address);
    }

    /** Returns what has the kernel carry data, if it is to. */
    public Optional<KernelData> kernel() {
        return kernel;
    }

    /** Returns the results with servers' data ports. */
    public UnusableSyntaxes unusable() {
        return unusable;
    }

    /** Frees what the loops keep for later transfers, each on its loop; no session may be left. */
    public void close() {
        byLoop.forEach(EventLoopDataChannels::close);
    }

    private static void close(EventLoop loop, DataChannels channels) {
        try {
            loop.execute(channels::close);
        } catch (RejectedExecutionException e) {
            // The loop's owner ended it before the gateway: nothing runs there that could need them.
            channels.close();
        }
    }
}
