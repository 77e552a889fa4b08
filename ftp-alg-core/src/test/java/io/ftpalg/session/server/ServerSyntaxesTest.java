package io.ftpalg.session.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.route.ServerDataMode;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.session.ActionLog;
import io.ftpalg.session.base.ServerAddress;
import io.ftpalg.session.base.SyntaxResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSyntaxesTest {
    private static final InetSocketAddress SERVER = server("192.0.2.1");

    private final ActionLog port = new ActionLog();
    private final ServerAddress address = new ServerAddress();
    private final ServerSyntaxes syntaxes = new ServerSyntaxes(port, address);

    ServerSyntaxesTest() {
        address.set(SERVER);
    }

    @Test
    void aSyntaxThatFailedIsNotTriedAgainInTheSession() {
        assertThat(candidates(DataSyntax.EPSV)).containsExactly(DataSyntax.EPSV, DataSyntax.PASV);

        syntaxes.agreed(DataSyntax.PASV, Map.of(DataSyntax.EPSV, SyntaxResult.REFUSED));

        assertThat(candidates(DataSyntax.EPSV)).containsExactly(DataSyntax.PASV);
        syntaxes.reset();
        assertThat(candidates(DataSyntax.EPSV)).containsExactly(DataSyntax.EPSV, DataSyntax.PASV);
    }

    @Test
    void aSyntaxThatIsTheOnlyOneIsTriedAllTheSame() {
        InetSocketAddress ipv6 = server("2001:db8::1");
        address.set(ipv6);
        port.unusableSyntaxes.put(ipv6, EnumSet.of(DataSyntax.EPSV));

        assertThat(syntaxes.candidates(ServerDataMode.CLIENT, DataSyntax.PASV, false))
                .containsExactly(DataSyntax.EPSV);
    }

    @Test
    void whatOtherSessionsFoundCountsUntilNothingElseWorks() {
        port.unusableSyntaxes.put(SERVER, EnumSet.of(DataSyntax.EPSV));
        assertThat(candidates(DataSyntax.EPSV)).containsExactly(DataSyntax.PASV);

        syntaxes.noneAgreed();

        assertThat(candidates(DataSyntax.EPSV)).containsExactly(DataSyntax.EPSV, DataSyntax.PASV);
        assertThat(port.syntaxResults.get(SERVER)).containsExactly(Map.entry(DataSyntax.EPSV, SyntaxResult.WORKED));
    }

    /** A session with a thousand transfers is one session. */
    @Test
    void eachResultIsReportedOnceASession() {
        syntaxes.agreed(DataSyntax.PASV, Map.of(DataSyntax.EPSV, SyntaxResult.TIMED_OUT));
        syntaxes.agreed(DataSyntax.PASV, Map.of(DataSyntax.EPSV, SyntaxResult.REFUSED));

        assertThat(port.reportedSyntaxes).containsExactly("EPSV TIMED_OUT", "PASV WORKED");
    }

    /** Few proxies accept connections for others, and only the proxy knows the IP version. */
    @ParameterizedTest
    @CsvSource({
        "CLIENT, PASV, 'PASV,EPSV'",
        "CLIENT, EPSV, 'EPSV,PASV'",
        "CLIENT, PORT, 'PASV,EPSV'",
        "CLIENT, EPRT, 'EPSV,PASV'",
        "PASV, EPRT, PASV",
        "EPSV, PORT, EPSV",
        "ACTIVE, PASV, 'PORT,EPRT'",
        "PORT, PASV, PORT",
    })
    void behindAProxyPassiveModeIsPreferredAndAnyIpVersionIsPossible(
            ServerDataMode mode, DataSyntax client, String expected) {
        address.set(InetSocketAddress.createUnresolved("server.test", 21));

        assertThat(syntaxes.candidates(mode, client, true))
                .extracting(DataSyntax::name)
                .containsExactly(expected.split(","));
    }

    @Test
    void behindAProxyAnAddressHasItsIpVersion() {
        assertThat(syntaxes.candidates(ServerDataMode.CLIENT, DataSyntax.PORT, true))
                .containsExactly(DataSyntax.PASV);
        address.set(server("2001:db8::1"));
        assertThat(syntaxes.candidates(ServerDataMode.CLIENT, DataSyntax.PORT, true))
                .containsExactly(DataSyntax.EPSV);
    }

    private List<DataSyntax> candidates(DataSyntax client) {
        return syntaxes.candidates(ServerDataMode.CLIENT, client, false);
    }

    private static InetSocketAddress server(String literal) {
        InetAddress address = IpLiteral.parse(literal).orElseThrow();
        return new InetSocketAddress(address, 21);
    }
}
