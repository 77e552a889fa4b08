package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Replies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyStatusTest {

    @ParameterizedTest
    @CsvSource({"530, 401", "430, 401", "332, 401", "331, 401", "421, 502", "500, 502"})
    void ofALogin(int code, int status) {
        assertThat(ReplyStatus.ofLogin(FtpReply.of(code, "no"))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "550, 404, 403",
        "450, 404, 403",
        "553, 403, 403",
        "532, 403, 403",
        "552, 507, 507",
        "452, 507, 507",
        "425, 502, 502",
        "500, 502, 502"
    })
    void ofAFile(int code, int status, int toStore) {
        assertThat(ReplyStatus.ofFile(FtpReply.of(code, "no"))).isEqualTo(status);
        assertThat(ReplyStatus.ofStore(FtpReply.of(code, "no"))).isEqualTo(toStore);
    }

    @Test
    void ofTheGatewaysOwnReplies() {
        assertThat(ReplyStatus.of(Replies.SERVER_SILENT)).isEqualTo(504);
        assertThat(ReplyStatus.of(Replies.SHUTTING_DOWN)).isEqualTo(503);
        assertThat(ReplyStatus.of(Replies.SERVICE_NOT_AVAILABLE)).isEqualTo(502);
        assertThat(ReplyStatus.ofFile(Replies.NOT_ALLOWED)).isEqualTo(403);
        assertThat(ReplyStatus.ofLogin(Replies.ANONYMOUS_ONLY)).isEqualTo(403);
        assertThat(ReplyStatus.ofLogin(Replies.TLS_DEMANDED)).isEqualTo(403);
        assertThat(ReplyStatus.ofLogin(Replies.LOGIN_INCORRECT)).isEqualTo(401);
    }
}
