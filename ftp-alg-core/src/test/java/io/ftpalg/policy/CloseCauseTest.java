package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CloseCauseTest {

    /** Who counts causes in logs and metrics knows them by these names. */
    @Test
    void hasTheseNames() {
        assertThat(Stream.of(CloseCause.values()).map(CloseCause::name).collect(Collectors.joining(" ")))
                .isEqualTo(
                        "QUIT CLIENT_LOST SERVER_LOST SERVER_REFUSED SERVER_UNREACHABLE NO_SOCKET SERVER_SILENT SERVER_NOT_FTP"
                                + " TOO_MANY_REPLIES TARGET_DENIED USERS_UNAVAILABLE CLIENT_STALLED CONTROL_MEMORY IDLE LOGIN_TIMEOUT LINE_TIMEOUT TOO_MANY_ERRORS TOO_MANY_LOGINS"
                                + " NOT_FTP TLS_FAILED TLS_INJECTION SESSION_LIMIT REFUSED_BY_GATE LOOP NOT_REDIRECTED NO_PROXY_HEADER BAD_PROXY_HEADER BAD_REQUEST REQUEST_TIMEOUT LOGIN_REFUSED ENDED_BY_OPERATOR SHUTDOWN INTERNAL_ERROR");
    }
}
