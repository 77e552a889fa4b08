package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcapUrlTest {

    @ParameterizedTest
    @CsvSource({
        "icap://127.0.0.1/avscan, icap://127.0.0.1:1344/avscan",
        "icap://A.example.com:1/, icap://a.example.com:1/",
        "icap://[::1]:99/a?b=c&d, icap://[::1]:99/a?b=c&d"
    })
    void readsUrls(String text, String url) {
        assertThat(IcapUrl.of(text)).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "icap:",
                "icap://a",
                "icap:///a",
                "icaps://a/b",
                "http://a/b",
                "icap://u@a/b",
                "icap://a:0/b",
                "icap://a/b c",
                "icap://a/b#c",
                "icap://a/\u00e4"
            })
    void refusesOthers(String text) {
        assertThatThrownBy(() -> IcapUrl.of(text)).hasMessage("expected icap://HOST[:PORT]/SERVICE");
    }
}
