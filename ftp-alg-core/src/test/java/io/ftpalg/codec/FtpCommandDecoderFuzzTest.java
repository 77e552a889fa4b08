package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ftpalg.protocol.FtpRequest;
import java.nio.charset.StandardCharsets;

/** Any bytes from a client; fuzzes for real with {@code JAZZER_FUZZ=1}, runs the seeds otherwise. */
class FtpCommandDecoderFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void readsAnyBytesTheSameHoweverTheyAreCut(byte[] data) {
        String bytes = new String(data, StandardCharsets.ISO_8859_1);

        Wire.Heard whole = Wire.feed(() -> new FtpCommandDecoder(40, 4, true), bytes);

        assertThat(whole.messages()).allSatisfy(message -> assertThat(message).isInstanceOf(FtpRequest.class));
        assertThat(Wire.feed(() -> new FtpCommandDecoder(40, 4, true), bytes.split("")))
                .isEqualTo(whole);
    }
}
