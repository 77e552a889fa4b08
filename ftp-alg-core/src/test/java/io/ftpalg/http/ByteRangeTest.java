package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.http.ByteRange.Slice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0, 9",
        "bytes=4-, 4, 9",
        "bytes= 4-5 , 4, 5",
        "Bytes=9-9, 9, 9",
        "bytes=4-100, 4, 9",
        "bytes=-3, 7, 9",
        "bytes=-100, 0, 9",
    })
    void isPartOfAFileOfTenBytes(String header, long first, long last) {
        Slice slice = ByteRange.parse(header).orElseThrow().of(10).orElseThrow();

        assertThat(slice).isEqualTo(new Slice(first, last));
        assertThat(slice.length()).isEqualTo(last - first + 1);
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-, 10", "bytes=999999999999999999-, 10", "bytes=-0, 10", "bytes=0-, 0", "bytes=-5, 0"})
    void cannotBeSatisfied(String header, long size) {
        assertThat(ByteRange.parse(header).orElseThrow().of(size)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=5-4",
                "bytes=1-2,4-5",
                "lines=1-2",
                "bytes=a-b",
                "bytes=1--2",
                "bytes=1234567890123456789-"
            })
    void isIgnoredIfMalformedOrSeveral(String header) {
        assertThat(ByteRange.parse(header)).isEmpty();
    }
}
