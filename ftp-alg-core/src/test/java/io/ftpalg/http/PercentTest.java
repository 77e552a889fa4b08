package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {

    @Test
    void decodesWhatItEncodes() throws HttpRefusal {
        StringBuilder all = new StringBuilder();
        for (char c = ' '; c <= 0xFF; c++) {
            if (c != 0x7F) {
                all.append(c);
            }
        }

        String encoded = Percent.encode(all.toString());

        assertThat(encoded).matches("[A-Za-z0-9%._~-]+");
        assertThat(Percent.decode(encoded)).isEqualTo(all.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%1", "%zz", "%0D", "%0a", "%00", "%1f", "%7F", "\u0100"})
    void refusesControlsAndHalfEncodings(String text) {
        assertThatThrownBy(() -> Percent.decode(text)).isInstanceOf(HttpRefusal.class);
    }
}
