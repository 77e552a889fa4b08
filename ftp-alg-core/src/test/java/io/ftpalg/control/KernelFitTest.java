package io.ftpalg.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.control.KernelFit.Facts;
import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelFitTest {
    private static boolean noOther(InetAddress address) {
        return false;
    }

    private static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    private static Facts facts(String peer, String own, String target, String source) {
        return new Facts(true, true, false, false, false, true, ip(peer), ip(own), ip(target), ip(source));
    }

    private static final Facts FITTING = facts("192.0.2.1", "198.51.100.1", "203.0.113.2", "198.51.100.2");

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 198.51.100.1, 203.0.113.2, 198.51.100.2",
        "2001:db8:1::1, 2001:db8:2::1, 2001:db8:3::1, 2001:db8:2::2"
    })
    void takesWhatTheKernelCanTranslate(String peer, String own, String target, String source) {
        assertThat(KernelFit.obstacle(facts(peer, own, target, source), KernelFitTest::noOther))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, false, false, false, true, connections through the kernel fail at present",
        "true, false, false, false, false, true, client and server connect in unlike directions",
        "true, true, true, false, false, true, data is under TLS",
        "true, true, false, true, false, true, clients do not know of the gateway",
        "true, true, false, false, true, true, packets are marked",
        "true, true, false, false, false, false, the data port is not from the ranges of the kernel data path"
    })
    void leavesWhatTheGatewayMustHandleItself(
            boolean usable,
            boolean sameDirection,
            boolean underTls,
            boolean transparent,
            boolean marked,
            boolean portsFit,
            String why) {
        Facts facts = new Facts(
                usable,
                sameDirection,
                underTls,
                transparent,
                marked,
                portsFit,
                FITTING.peer(),
                FITTING.own(),
                FITTING.target(),
                FITTING.source());

        assertThat(KernelFit.obstacle(facts, KernelFitTest::noOther)).contains(why);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 198.51.100.1, 2001:db8:3::1, 2001:db8:2::2",
        "2001:db8:1::1, 2001:db8:2::1, 203.0.113.2, 198.51.100.2",
        "192.0.2.1, 198.51.100.1, 203.0.113.2, 2001:db8::1"
    })
    void leavesUnlikeIpVersions(String peer, String own, String target, String source) {
        assertThat(KernelFit.obstacle(facts(peer, own, target, source), KernelFitTest::noOther))
                .contains("client and server have unlike IP versions");
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::1, 2001:db8:2::1, 2001:db8:3::1, 2001:db8:2::2",
        "2001:db8:1::1, fe80::1, 2001:db8:3::1, 2001:db8:2::2",
        "2001:db8:1::1, 2001:db8:2::1, fe80::1, 2001:db8:2::2",
        "192.0.2.1, 198.51.100.1, 169.254.1.1, 198.51.100.2",
        "192.0.2.1, 198.51.100.1, 203.0.113.2, 0.0.0.0",
        "192.0.2.1, 198.51.100.1, 224.0.0.5, 198.51.100.2"
    })
    void leavesAddressesOfOneLinkOrNoHost(String peer, String own, String target, String source) {
        assertThat(KernelFit.obstacle(facts(peer, own, target, source), KernelFitTest::noOther))
                .contains("an address is link-local, or not known");
    }

    /** Their packets do not come through the chain that forwards. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 198.51.100.1, 127.0.0.2, 127.0.0.1",
        "127.0.0.5, 127.0.0.1, 203.0.113.2, 198.51.100.2",
        "2001:db8:1::1, 2001:db8:2::1, ::1, ::1"
    })
    void leavesWhatIsOnThisHost(String peer, String own, String target, String source) {
        assertThat(KernelFit.obstacle(facts(peer, own, target, source), KernelFitTest::noOther))
                .contains("client or server is on this host");
    }

    @Test
    void leavesAServerAtAnyAddressOfThisHost() {
        assertThat(KernelFit.obstacle(FITTING, FITTING.target()::equals)).contains("client or server is on this host");
        assertThat(KernelFit.obstacle(FITTING, FITTING.peer()::equals)).contains("client or server is on this host");
        assertThat(KernelFit.obstacle(FITTING, FITTING.own()::equals)).isEmpty();
    }
}
