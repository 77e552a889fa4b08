package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientPresenceTest {
    private final ClientPresence client = new ClientPresence();

    @Test
    void aClientThatHasEndedItsInputCanStillReceive() {
        assertThat(client.hasEnded()).isFalse();

        client.endInput();

        assertThat(client.hasEnded()).isTrue();
        assertThat(client.isGone()).isFalse();
    }

    @Test
    void aClientThatIsGoneSendsNoMore() {
        client.leave();

        assertThat(client.isGone()).isTrue();
        assertThat(client.hasEnded()).isTrue();
    }
}
