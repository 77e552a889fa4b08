package io.ftpalg.violations.rules;

import io.netty.channel.EventLoop;

/** Rules use Netty. */
public interface Violation {
    EventLoop loop();
}
