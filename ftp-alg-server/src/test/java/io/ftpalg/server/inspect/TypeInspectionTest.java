package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.inspect.InspectionTerms;
import io.ftpalg.server.inspect.InspectionSettings.Types;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeInspectionTest {
    static final String EXE = "MZ\220\000\003\000\000\000\004\000\000\000\377\377\000\000";
    private final TypeInspection inspection =
            new TypeInspection(new TypeRules(new Types(List.of(), List.of("application/x-msdownload"))));

    @Test
    void decidesAtTheEndOfASmallFile() {
        assertThat(Verdicts.piece(inspection, EXE)).isEqualTo("pass");
        assertThat(Verdicts.end(inspection, EXE.length()))
                .isEqualTo("content of type application/x-msdownload is not allowed");
        assertThat(inspection.findings()).isEqualTo(Map.of("type", "application/x-msdownload"));
    }

    /** With the last byte of what is held back: before anything is passed on. */
    @Test
    void decidesBeforeTheFirstByteOfALargeFilePasses() {
        int rest = InspectionTerms.LEAST_HELD_BACK - EXE.length();

        assertThat(Verdicts.piece(inspection, EXE)).isEqualTo("pass");
        assertThat(Verdicts.piece(inspection, new byte[rest - 1])).isEqualTo("pass");
        assertThat(Verdicts.piece(inspection, new byte[1])).startsWith("content of type");
    }

    @Test
    void anEmptyFileHasNoType() {
        assertThat(Verdicts.end(inspection, 0)).isEqualTo("pass");
        assertThat(inspection.findings()).isEmpty();
    }

    @Test
    void passesOthers() {
        assertThat(Verdicts.piece(inspection, "some text")).isEqualTo("pass");
        assertThat(Verdicts.end(inspection, 9)).isEqualTo("pass");
        assertThat(inspection.findings()).isEqualTo(Map.of("type", "text/plain"));
    }
}
