package io.ftpalg.data.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelayMemoryTest {

    @Test
    void tellsWhatIsHeldAndWhatIsLeft() {
        RelayMemory memory = new RelayMemory(100);

        memory.take(70);
        memory.take(50);
        memory.giveBack(10);

        assertThat(memory.held()).isEqualTo(110);
        assertThat(memory.left()).isEqualTo(-10);
    }
}
