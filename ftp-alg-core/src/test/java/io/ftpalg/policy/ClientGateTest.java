package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpReply;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientGateTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 40_000);
    private static final ClientGate CLOSED = client -> Optional.of(FtpReply.of(421, "Closed."));
    private static final ClientGate OUT = client -> Optional.of(FtpReply.of(530, "Out."));

    @Test
    void openLetsEverybodyIn() {
        assertThat(ClientGate.OPEN.refuse(CLIENT)).isEmpty();
    }

    @Test
    void bothGatesMustLetInAndTheFirstSpeaksFirst() {
        assertThat(ClientGate.OPEN.and(ClientGate.OPEN).refuse(CLIENT)).isEmpty();
        assertThat(ClientGate.OPEN.and(OUT).refuse(CLIENT)).map(FtpReply::text).contains("Out.");
        assertThat(OUT.and(ClientGate.OPEN).refuse(CLIENT)).map(FtpReply::text).contains("Out.");
        assertThat(CLOSED.and(OUT).refuse(CLIENT)).map(FtpReply::text).contains("Closed.");
    }
}
