package io.ftpalg.server.inspect.tee;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopiedFileTest {
    private static final String ID = "112233456-17-00000abc_";

    @ParameterizedTest
    @CsvSource({
        "in/day.csv, day.csv",
        "'../../etc/passwd', passwd",
        "'a b$;.txt', a_b__.txt",
        "'..\\..\\x', x",
        "'..', ..",
        "day.part, day.part_",
        "'', unnamed",
        "'dir/', unnamed",
        "'day\u0001\u00fc', day__"
    })
    void hasANameOfHarmlessCharacters(String path, String name) {
        assertThat(Transfers.file(path).name()).isEqualTo(ID + name);
    }

    @ParameterizedTest
    @CsvSource({"79, 79", "80, 80", "81, 80"})
    void keepsTheEndOfALongName(int length, int kept) {
        String name = Transfers.file("y".repeat(length - 4) + ".csv").name();

        assertThat(name).hasSize(ID.length() + kept).endsWith("y.csv");
    }

    @Test
    void isInTheDirectoryOfItsDay() {
        assertThat(Transfers.file("day.csv").path()).isEqualTo("2026-11-29/" + ID + "day.csv");
    }
}
