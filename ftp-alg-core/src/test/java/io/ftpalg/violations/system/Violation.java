package io.ftpalg.violations.system;

import io.netty.buffer.ByteBuf;

/** System uses Netty. */
public interface Violation {
    ByteBuf content();
}
