package io.ftpalg.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.protocol.HostPort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SyslogDatagramsTest {

    private static int received(byte[] message) throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SyslogDatagrams transport = new SyslogDatagrams(new HostPort("127.0.0.1", server.getLocalPort()))) {
            server.setSoTimeout(5000);
            transport.send(message);
            DatagramPacket packet = new DatagramPacket(new byte[70_000], 70_000);
            server.receive(packet);
            return packet.getLength();
        }
    }

    @Test
    void sendsADatagramForEachMessage() throws IOException {
        assertThat(received(new byte[100])).isEqualTo(100);
    }

    @Test
    void sendsTheLongestWholeAndCutsALongerOne() throws IOException {
        assertThat(received(new byte[SyslogDatagrams.LONGEST - 1])).isEqualTo(SyslogDatagrams.LONGEST - 1);
        assertThat(received(new byte[SyslogDatagrams.LONGEST])).isEqualTo(SyslogDatagrams.LONGEST);
        assertThat(received(new byte[SyslogDatagrams.LONGEST + 1])).isEqualTo(SyslogDatagrams.LONGEST);
    }

    @Test
    void failsWhereTheNameIsUnknown() {
        try (SyslogDatagrams transport = new SyslogDatagrams(new HostPort("nowhere.invalid", 514))) {
            assertThatThrownBy(() -> transport.send(new byte[1])).isInstanceOf(UnknownHostException.class);
        }
    }
}
