package io.ftpalg.server.inspect.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({"a b, a b", "'a\nb\u0000\u00e4', a?b??", "' ', ?", "'', ?"})
    void replacesWhatIsNotPrintable(String text, String printable) {
        assertThat(Printable.of(text)).isEqualTo(printable);
    }

    @ParameterizedTest
    @CsvSource({"99, 99", "100, 100", "101, 100"})
    void isShort(int length, int kept) {
        assertThat(Printable.of("x".repeat(length))).hasSize(kept);
    }
}
