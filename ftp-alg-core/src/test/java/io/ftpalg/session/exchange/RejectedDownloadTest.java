package io.ftpalg.session.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectedDownloadTest {
    private static final FtpCommand DOWNLOAD = FtpCommand.of("RETR", "f");

    private final RejectedDownload rejected = new RejectedDownload();

    @BeforeEach
    void reject() {
        rejected.onRejected(DOWNLOAD, "Transfer rejected: virus X.");
    }

    @Test
    void isRefusedOnce() {
        assertThat(rejected.refusal(DOWNLOAD)).contains(FtpReply.of(550, "Transfer rejected: virus X."));
        assertThat(rejected.refusal(DOWNLOAD)).isEmpty();
    }

    @Test
    void isNotRefusedBehindAnotherTransfer() {
        assertThat(rejected.refusal(FtpCommand.of("RETR", "g"))).isEmpty();
        assertThat(rejected.refusal(DOWNLOAD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TYPE", "REST", "SIZE", "MDTM", "NOOP"})
    void isRefusedBehindWhatClientsSendInBetween(String verb) {
        rejected.onReply(FtpCommand.of(verb, "f"));

        assertThat(rejected.refusal(DOWNLOAD)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CWD", "CDUP", "DELE", "RNTO", "XYZ"})
    void isNotRefusedBehindWhatMayChangeTheFile(String verb) {
        rejected.onReply(FtpCommand.of(verb, "f"));

        assertThat(rejected.refusal(DOWNLOAD)).isEmpty();
    }
}
