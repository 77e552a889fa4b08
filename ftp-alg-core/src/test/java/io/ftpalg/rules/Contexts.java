package io.ftpalg.rules;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpCommand;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Sessions for tests of rules: bob from 10.0.0.7, of the group partners, at 192.0.2.1, in /home/bob, in the clear. */
final class Contexts {
    static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    static final FilterContext BOB = in(Optional.of("/home/bob"));

    private Contexts() {}

    static FilterContext in(String directory) {
        return in(Optional.of(directory));
    }

    static FilterContext in(Optional<String> directory) {
        return of("10.0.0.7", Optional.of("bob"), Optional.empty(), directory, Optional.empty());
    }

    static FilterContext of(
            String client,
            Optional<String> user,
            Optional<TlsDetails> tls,
            Optional<String> directory,
            Optional<Long> declared) {
        return new FilterContext(
                1,
                new InetSocketAddress(client, 50000),
                new InetSocketAddress("127.0.0.1", 21),
                user.map(name -> new ProxyUser("p-" + name, Set.of("partners"))),
                user,
                true,
                Optional.empty(),
                Optional.of(new InetSocketAddress("192.0.2.1", 21)),
                tls,
                directory,
                declared,
                TransferPermit.ANY);
    }

    static FtpCommand command(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? FtpCommand.of(line, "") : FtpCommand.of(line.substring(0, space), line.substring(space + 1));
    }
}
