package io.ftpalg.policy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.PortRange;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketSettingsTest {

    @Test
    void leaveWhatTheyDoNotSayToOthers() {
        InetAddress source = InetAddress.getLoopbackAddress();
        SocketSettings route = new SocketSettings(
                Optional.of(source),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(20),
                Optional.empty(),
                Optional.of(7L));
        SocketSettings gateway = new SocketSettings(
                Optional.empty(),
                Optional.of(new PortRange(1024, 2047)),
                Optional.of(new PortRange(50_000, 50_009)),
                Optional.empty(),
                Optional.of(21),
                Optional.of(46),
                Optional.of(8L));

        assertThat(route.orElse(gateway))
                .isEqualTo(new SocketSettings(
                        Optional.of(source),
                        Optional.of(new PortRange(1024, 2047)),
                        Optional.of(new PortRange(50_000, 50_009)),
                        Optional.empty(),
                        Optional.of(20),
                        Optional.of(46),
                        Optional.of(7L)));
        assertThat(SocketSettings.from(Optional.empty())).isEqualTo(SocketSettings.DEFAULT);
    }

    @Test
    void areChangedOneAtATime() {
        assertThat(SocketSettings.DEFAULT
                        .withSourcePorts(new PortRange(1024, 2047))
                        .withActiveSourcePort(20)
                        .withDscp(46)
                        .withPassivePorts(new PortRange(50_000, 50_009))
                        .withMark(7))
                .isEqualTo(new SocketSettings(
                        Optional.empty(),
                        Optional.of(new PortRange(1024, 2047)),
                        Optional.of(new PortRange(50_000, 50_009)),
                        Optional.empty(),
                        Optional.of(20),
                        Optional.of(46),
                        Optional.of(7L)));
        assertThatThrownBy(() -> SocketSettings.DEFAULT.withActiveSourcePort(65_536))
                .hasMessageContaining("1 to 65535");
    }

    @Test
    void refuseWhatDoesNotFitItsField() {
        assertThat(dscp(63).dscp()).contains(63);
        assertThatThrownBy(() -> dscp(64)).hasMessageContaining("0 to 63");
        assertThatThrownBy(() -> dscp(-1)).hasMessageContaining("0 to 63");
        assertThat(mark(0xFFFF_FFFFL).mark()).contains(0xFFFF_FFFFL);
        assertThatThrownBy(() -> mark(0x1_0000_0000L)).hasMessageContaining("4294967295");
        assertThatThrownBy(() -> mark(-1)).hasMessageContaining("4294967295");
    }

    /** R7. */
    @Test
    void announcePortsInPlaceOfThePassiveOnes() {
        SocketSettings map = SocketSettings.DEFAULT
                .withPassivePorts(new PortRange(50_000, 50_009))
                .withAnnouncedPorts(65_526);

        assertThat(map.announcedPort(50_000)).isEqualTo(65_526);
        assertThat(map.announcedPort(50_009)).isEqualTo(65_535);
        assertThat(map.announcedPort(50_010)).isEqualTo(50_010);
        assertThat(map.withPassivePorts(new PortRange(50_000, 50_000)).announcedPort(50_000))
                .isEqualTo(65_526);
        assertThat(SocketSettings.DEFAULT.announcedPort(50_000)).isEqualTo(50_000);
        assertThat(SocketSettings.DEFAULT.orElse(map)).isEqualTo(map);
        assertThat(SocketSettings.DEFAULT
                        .withPassivePorts(new PortRange(40_000, 40_009))
                        .orElse(map)
                        .announcedPort(40_000))
                .isEqualTo(40_000);
    }

    @Test
    void refuseAnnouncedPortsThatAreNone() {
        SocketSettings passive = SocketSettings.DEFAULT.withPassivePorts(new PortRange(50_000, 50_009));

        assertThatThrownBy(() -> passive.withAnnouncedPorts(65_527))
                .hasMessage("passive ports 50000-50009 announced from 65527 would end at 65536: ports are 1 to 65535");
        assertThatThrownBy(() -> passive.withAnnouncedPorts(0)).hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> SocketSettings.DEFAULT.withAnnouncedPorts(1)).hasMessageContaining("passive ports");
    }

    private static SocketSettings dscp(int value) {
        return SocketSettings.DEFAULT.withDscp(value);
    }

    private static SocketSettings mark(long value) {
        return SocketSettings.DEFAULT.withMark(value);
    }
}
