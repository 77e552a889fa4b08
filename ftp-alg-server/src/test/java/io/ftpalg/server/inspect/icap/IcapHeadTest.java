package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.inspect.icap.IcapHead.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcapHeadTest {

    @ParameterizedTest
    @CsvSource({"ICAP/1.0 200 OK, 200", "ICAP/1.0 204, 204", "ICAP/1.1 599 x y, 599"})
    void readsStatusLines(String line, int code) throws Exception {
        assertThat(IcapHead.code(line)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ICAP/1.0", "ICAP/2.0 200 OK", "ICAP/1.0 2000 OK", "ICAP/1.0 099 x", "HTTP/1.0 200 OK"})
    void refusesOthers(String line) {
        assertThatThrownBy(() -> IcapHead.code(line)).hasMessage("sent no ICAP status line");
    }

    @ParameterizedTest
    @CsvSource({"close, false", "Close, false", "keep-alive, true"})
    void keepsTheConnectionUnlessItIsClosed(String value, boolean kept) {
        assertThat(new IcapHead(200, List.of(new Header("connection", value))).keepsConnection())
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 204})
    void nothingFollowsTheseWhateverTheyAnnounce(int code) throws Exception {
        IcapHead head = new IcapHead(code, List.of(new Header("Encapsulated", "res-hdr=0, res-body=5")));

        assertThat(head.encapsulated()).isEqualTo(Encapsulated.NOTHING);
    }

    @Test
    void theFirstHeaderOfANameCounts() {
        IcapHead head = new IcapHead(200, List.of(new Header("A", "1"), new Header("a", "2")));

        assertThat(head.header("a")).contains("1");
    }
}
