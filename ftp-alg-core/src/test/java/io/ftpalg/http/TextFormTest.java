package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormTest {

    @ParameterizedTest
    @CsvSource({
        "'', HTML",
        "*/*, HTML",
        "',;,', HTML",
        "application/json, JSON",
        "text/plain, PLAIN",
        "'text/html, application/json', HTML",
        "'text/plain, */*', PLAIN",
        "'text/plain, application/json;q=0.9', PLAIN",
        "'text/html;q=0.5, application/json', JSON",
        "'text/html;level=1; q=0.5, Application/JSON; q=0.4', HTML",
        "application/json;q=0, HTML",
        "application/json;q=x, HTML",
        "application/json;q=NaN, HTML",
    })
    void isTheOneOfTheHighestWeight(String accept, TextForm form) {
        assertThat(TextForm.of(List.of(accept))).isEqualTo(form);
    }

    @Test
    void isHtmlWithoutTheHeader() {
        assertThat(TextForm.of(List.of())).isEqualTo(TextForm.HTML);
    }
}
