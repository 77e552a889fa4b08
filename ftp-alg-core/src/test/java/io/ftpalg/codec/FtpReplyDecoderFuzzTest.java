package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ftpalg.protocol.ReplyLine;
import java.nio.charset.StandardCharsets;

/** Any bytes from a server; fuzzes for real with {@code JAZZER_FUZZ=1}, runs the seeds otherwise. */
class FtpReplyDecoderFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void readsAnyBytesTheSameHoweverTheyAreCut(byte[] data) {
        String bytes = new String(data, StandardCharsets.ISO_8859_1);

        Wire.Heard whole = Wire.feed(() -> new FtpReplyDecoder(40, 5, 60, true), bytes);

        assertThat(whole.messages()).allSatisfy(message -> assertThat(message)
                .satisfiesAnyOf(
                        m -> assertThat(m).isInstanceOf(ReplyLine.class),
                        m -> assertThat(m).isInstanceOf(JunkLine.class),
                        m -> assertThat(m).isEqualTo(FtpCodecException.TooManyJunkLines.class)));
        assertThat(Wire.feed(() -> new FtpReplyDecoder(40, 5, 60, true), bytes.split("")))
                .isEqualTo(whole);
    }
}
