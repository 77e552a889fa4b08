package io.ftpalg.violations.protocol;

import io.netty.buffer.ByteBuf;

/** Protocol uses Netty. */
public interface Violation {
    ByteBuf content();
}
