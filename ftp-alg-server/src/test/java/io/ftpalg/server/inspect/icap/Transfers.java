package io.ftpalg.server.inspect.icap;

import io.ftpalg.policy.inspect.InspectedTransfer;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Transfers to be inspected. */
final class Transfers {
    private Transfers() {}

    static InspectedTransfer upload(String path) {
        return of(FtpVerb.STOR, path, Side.CLIENT, Optional.of("/dir"));
    }

    static InspectedTransfer download(String path) {
        return of(FtpVerb.RETR, path, Side.SERVER, Optional.empty());
    }

    static InspectedTransfer of(FtpVerb verb, String path, Side sender, Optional<String> directory) {
        return new InspectedTransfer(
                FtpCommand.of(verb, path),
                sender,
                1,
                new InetSocketAddress("192.0.2.1", 4000),
                Optional.<ProxyUser>empty(),
                Optional.of("joe"),
                directory);
    }
}
