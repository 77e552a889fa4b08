package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;

class ServerAddressTest {
    private final ServerAddress address = new ServerAddress();

    @Test
    void isThereWhileThereIsAServer() {
        address.set(Playbook.SERVER);
        assertThat(address.get()).isEqualTo(Playbook.SERVER);

        address.set(null);

        assertThat(address.orNull()).isNull();
        assertThatThrownBy(address::get).hasMessage("no server");
    }
}
