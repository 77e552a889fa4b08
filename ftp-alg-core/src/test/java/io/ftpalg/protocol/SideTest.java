package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SideTest {

    @Test
    void eachIsAcrossFromTheOther() {
        assertThat(Side.CLIENT.other()).isSameAs(Side.SERVER);
        assertThat(Side.SERVER.other()).isSameAs(Side.CLIENT);
    }
}
