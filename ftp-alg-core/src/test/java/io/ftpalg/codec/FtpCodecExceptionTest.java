package io.ftpalg.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import org.junit.jupiter.api.Test;

class FtpCodecExceptionTest {

    @Test
    void carriesAMessageAndNoStack() {
        FtpCodecException exception = new FtpCodecException.TooManyJunkLines();

        assertThat(exception).isInstanceOf(DecoderException.class).hasMessageContaining("no FTP reply");
        assertThat(exception.getStackTrace()).isEmpty();
    }
}
