package io.ftpalg.violations.routing;

import io.netty.channel.EventLoop;

/** Routing knows Netty. */
public interface Violation {
    EventLoop loop();
}
