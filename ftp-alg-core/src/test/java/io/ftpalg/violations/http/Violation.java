package io.ftpalg.violations.http;

import io.netty.buffer.ByteBuf;

/** HTTP uses Netty. */
public interface Violation {
    ByteBuf content();
}
