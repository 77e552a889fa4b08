package io.ftpalg.server.inspect.tee;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Transfers that are copied. */
final class Transfers {
    static final Instant BEGAN = Instant.parse("2026-11-29T11:22:33.456Z");

    private Transfers() {}

    static InspectedTransfer upload(String path) {
        return new InspectedTransfer(
                FtpCommand.of(FtpVerb.STOR, path),
                Side.CLIENT,
                17,
                new InetSocketAddress("127.0.0.1", 4000),
                Optional.of(new ProxyUser("joe", Set.of())),
                Optional.of("gateway"),
                Optional.of("/in"));
    }

    static CopiedFile file(String path) {
        return new CopiedFile(upload(path), BEGAN, 0xABC);
    }
}
