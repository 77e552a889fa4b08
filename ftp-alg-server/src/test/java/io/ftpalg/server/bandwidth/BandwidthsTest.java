package io.ftpalg.server.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.transfer.ByteAllowance;
import io.ftpalg.policy.transfer.RateLimit;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.settings.BandwidthSettings;
import io.ftpalg.server.settings.Rate;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BandwidthsTest {
    private static final FtpCommand STOR = FtpCommand.of(FtpVerb.STOR, "f");
    private static final SharedRate NO_TOTAL = SharedRate.of(Rate.NONE);

    @Test
    void withoutSettingsThereIsNoPolicy() {
        assertThat(Bandwidths.of(BandwidthSettings.NONE, Rate.NONE, NO_TOTAL)).isSameAs(TransferPolicy.NONE);
    }

    @Test
    void eachScopeHasItsRateFromTheTransferToTheTotal() {
        Rate total = upload(8);
        TransferPolicy policy = Bandwidths.of(
                new BandwidthSettings(
                        upload(1),
                        upload(2),
                        upload(3),
                        Map.of("staff", upload(4), "other", upload(9)),
                        Map.of(network("10.0.0.0/8"), upload(5), network("192.0.2.0/24"), upload(9)),
                        Map.of(network("127.0.0.0/8"), upload(6), network("192.0.2.0/24"), upload(9)),
                        upload(7)),
                total,
                SharedRate.of(total));

        TransferTerms terms = policy.terms(STOR, session("10.0.0.1", "joe", "staff"));

        assertThat(rates(terms.toServer())).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(terms.toClient()).isEmpty();
    }

    @Test
    void aTransferHasARateOfItsOwn() {
        TransferPolicy policy =
                policy(new BandwidthSettings(upload(1), Rate.NONE, Rate.NONE, Map.of(), Map.of(), Map.of(), Rate.NONE));

        assertThat(only(policy, session("10.0.0.1", "joe"))).isNotSameAs(only(policy, session("10.0.0.1", "joe")));
    }

    @Test
    void aUserHasOneRateFromWhereverItComes() {
        TransferPolicy policy =
                policy(new BandwidthSettings(Rate.NONE, upload(1), Rate.NONE, Map.of(), Map.of(), Map.of(), Rate.NONE));

        assertThat(only(policy, session("10.0.0.1", "joe")))
                .isSameAs(only(policy, session("10.0.0.2", "joe")))
                .isNotSameAs(only(policy, session("10.0.0.1", "ann")));
    }

    @Test
    void aUserOfTheServerHasOneWhereTheGatewayHasNoUsers() {
        TransferPolicy policy =
                policy(new BandwidthSettings(Rate.NONE, upload(1), Rate.NONE, Map.of(), Map.of(), Map.of(), Rate.NONE));

        assertThat(only(policy, session("10.0.0.1", Optional.empty(), Optional.of("joe"))))
                .isSameAs(only(policy, session("10.0.0.2", Optional.empty(), Optional.of("joe"))));
    }

    @Test
    void anAddressHasOneRateWhoeverComesFromIt() {
        TransferPolicy policy =
                policy(new BandwidthSettings(Rate.NONE, Rate.NONE, upload(1), Map.of(), Map.of(), Map.of(), Rate.NONE));

        assertThat(only(policy, session("10.0.0.1", "joe")))
                .isSameAs(only(policy, session("10.0.0.1", "ann")))
                .isNotSameAs(only(policy, session("10.0.0.2", "joe")));
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static TransferPolicy policy(BandwidthSettings settings) {
        return Bandwidths.of(settings, Rate.NONE, NO_TOTAL);
    }

    private static Rate upload(long rate) {
        return new Rate(Optional.of(rate), Optional.empty(), Optional.empty());
    }

    private static ByteAllowance only(TransferPolicy policy, FilterContext session) {
        List<ByteAllowance> all = policy.terms(STOR, session).toServer();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<Long> rates(List<ByteAllowance> allowances) {
        return allowances.stream()
                .map(RateLimit.class::cast)
                .map(RateLimit::bytesPerSecond)
                .toList();
    }

    private static FilterContext session(String address, String user, String... groups) {
        return session(address, Optional.of(new ProxyUser(user, Set.of(groups))), Optional.of("at-server"));
    }

    private static FilterContext session(String address, Optional<ProxyUser> proxyUser, Optional<String> user) {
        InetSocketAddress client = new InetSocketAddress(address, 40000);
        return new FilterContext(
                1,
                client,
                client,
                proxyUser,
                user,
                true,
                Optional.empty(),
                Optional.of(new InetSocketAddress("127.0.0.1", 21)),
                Optional.empty(),
                Optional.empty());
    }
}
