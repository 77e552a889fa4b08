package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDatesTest {
    private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void readsTheThreeForms(String text) {
        assertThat(HttpDates.parse(text)).contains(TIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "\"etag\""})
    void ignoresOthers(String text) {
        assertThat(HttpDates.parse(text)).isEmpty();
    }

    @Test
    void sendsTheFixedForm() {
        assertThat(HttpDates.format(TIME)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"19941106084937", " 19941106084937", "19941106084937.123"})
    void readsTimesOfServers(String text) {
        assertThat(HttpDates.parseFtp(text)).contains(TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1994110608493", "199411060849377", "19941306084937", "199411060849xx", "19100110608493"})
    void ignoresWhatIsNoTime(String text) {
        assertThat(HttpDates.parseFtp(text)).isEmpty();
    }
}
