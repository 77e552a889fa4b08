package io.ftpalg.server.warmup;

import java.io.IOException;
import java.net.InetAddress;

final class LoopbackFixture {
    private LoopbackFixture() {}

    static InetAddress address() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
