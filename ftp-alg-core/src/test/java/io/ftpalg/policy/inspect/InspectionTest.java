package io.ftpalg.policy.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class InspectionTest {

    @Test
    void hasDefaultTermsAndFindsNothing() {
        Inspection inspection = new Inspection() {
            @Override
            public CompletionStage<InspectionVerdict> inspect(ByteBuffer piece) {
                return Scripted.pass();
            }

            @Override
            public CompletionStage<InspectionVerdict> end(long bytes) {
                return Scripted.pass();
            }
        };

        inspection.cancel();

        assertThat(inspection.terms()).isEqualTo(InspectionTerms.DEFAULT);
        assertThat(inspection.findings()).isEmpty();
    }
}
