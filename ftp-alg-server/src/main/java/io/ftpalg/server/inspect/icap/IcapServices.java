package io.ftpalg.server.inspect.icap;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.inspect.Inspection;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The ICAP services of one listener, on an event loop of their own. Used from all event loops; closed with its gateway. */
public final class IcapServices implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("ftp-alg-icap", true), NioIoHandler.newFactory());
    private final List<IcapService> services = new ArrayList<>();

    /** Makes them, and begins to ask for their options. */
    public IcapServices(List<IcapSettings> all) {
        EventLoop loop = group.next();
        all.forEach(one -> services.add(new IcapService(loop, one)));
    }

    /** Returns the scans of a file, one by each service in their order. */
    public List<Inspection> scans(InspectedTransfer transfer) {
        List<Inspection> scans = new ArrayList<>();
        for (IcapService service : services) {
            scans.add(new IcapScan(service, transfer, scans.isEmpty() ? "icap" : "icap-" + (scans.size() + 1)));
        }
        return scans;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
