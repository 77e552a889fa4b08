package io.ftpalg.session.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.PasvAddress;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassiveTargetTest {
    /** A server behind a proxy. */
    private static final InetSocketAddress NAME = InetSocketAddress.createUnresolved("server.test", 21);

    private static final InetSocketAddress ADDRESS = new InetSocketAddress(ip("192.0.2.1"), 21);
    private static final String PASV = "227 Entering Passive Mode (192,0,2,7,200,10)";
    private static final InetSocketAddress NAMED = new InetSocketAddress(ip("192.0.2.7"), 51210);

    private static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    private static PasvAddress in(String network) {
        return PasvAddress.in(List.of(Cidr.parse(network).orElseThrow()));
    }

    @Test
    void aReplyWithoutHostMeansTheNameThatTheProxyKnows() throws DataSyntaxException {
        InetSocketAddress named = PassiveTarget.named(DataSyntax.EPSV, "229 ok (|||51210|)", NAME);

        assertThat(named).isEqualTo(InetSocketAddress.createUnresolved("server.test", 51210));
        assertThat(PassiveTarget.of(named, NAME, PasvAddress.MATCH)).contains(named);
        assertThat(PassiveTarget.otherHost(named, named)).isEmpty();
    }

    @Test
    void theHostOf227IsIgnoredBehindAProxyToo() throws DataSyntaxException {
        InetSocketAddress named = PassiveTarget.named(DataSyntax.PASV, PASV, NAME);

        InetSocketAddress target =
                PassiveTarget.of(named, NAME, PasvAddress.IGNORE).orElseThrow();
        assertThat(named).isEqualTo(NAMED);
        assertThat(target).isEqualTo(InetSocketAddress.createUnresolved("server.test", 51210));
        assertThat(PassiveTarget.otherHost(named, target)).contains(NAMED.getAddress());
    }

    @Test
    void nothingMatchesANameThatOnlyTheProxyLooksUp() {
        assertThat(PassiveTarget.of(NAMED, NAME, PasvAddress.MATCH)).isEmpty();
    }

    @Test
    void anAllowedNetworkIsFollowedThroughTheProxy() {
        assertThat(PassiveTarget.of(NAMED, NAME, in("192.0.2.0/24"))).contains(NAMED);
        assertThat(PassiveTarget.of(NAMED, NAME, in("10.0.0.0/8"))).isEmpty();
        assertThat(PassiveTarget.otherHost(NAMED, NAMED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, true", "192.0.2.7, false"})
    void anAddressIsComparedAsEver(String named, boolean matches) {
        InetSocketAddress port = new InetSocketAddress(ip(named), 51210);

        assertThat(PassiveTarget.of(port, ADDRESS, PasvAddress.MATCH).isPresent())
                .isEqualTo(matches);
        assertThat(PassiveTarget.otherHost(port, new InetSocketAddress(ADDRESS.getAddress(), 51210)))
                .isEqualTo(matches ? java.util.Optional.empty() : java.util.Optional.of(ip(named)));
    }

    @Test
    void aReplyThatNamesNoPortIsRefused() {
        assertThatThrownBy(() -> PassiveTarget.named(DataSyntax.EPSV, "229 ok", NAME))
                .isInstanceOf(DataSyntaxException.class);
        assertThatThrownBy(() -> PassiveTarget.named(DataSyntax.PASV, "227 ok", ADDRESS))
                .isInstanceOf(DataSyntaxException.class);
    }
}
