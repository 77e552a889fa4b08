package io.ftpalg.server.inspect.icap;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.TransportType;
import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.inspect.Inspection;
import io.ftpalg.server.inspect.scan.ScanListener;
import io.ftpalg.server.inspect.scan.ScannerHealth;
import io.ftpalg.server.inspect.scan.TimedScan;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The ICAP services of one listener, on an event loop of their own. Used from all event loops; closed with its gateway. */
public final class IcapServices implements AutoCloseable {
    private final EventLoopGroup group =
            FtpAlg.newEventLoops(TransportType.NIO, 1, new DefaultThreadFactory("ftp-alg-icap", true));
    private final List<IcapService> services = new ArrayList<>();
    private final ScanListener listener;

    /** Makes them, and begins to ask for their options. */
    public IcapServices(List<IcapSettings> all, ScanListener listener) {
        this.listener = listener;
        EventLoop loop = group.next();
        all.forEach(one -> services.add(new IcapService(loop, one)));
    }

    /** Returns the scans of a file, one by each service in their order. */
    public List<Inspection> scans(InspectedTransfer transfer) {
        List<Inspection> scans = new ArrayList<>();
        for (IcapService service : services) {
            String name = scans.isEmpty() ? "icap" : "icap-" + (scans.size() + 1);
            scans.add(new TimedScan(service.health().scanner(), new IcapScan(service, transfer, name), listener));
        }
        return scans;
    }

    /** Returns whether each is reachable, as it is now. */
    public List<ScannerHealth> health() {
        return services.stream().map(IcapService::health).toList();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
