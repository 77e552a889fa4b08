package io.ftpalg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepliesTest {

    @Test
    void areSevenBitAsciiOnOneLine() throws IllegalAccessException {
        assertThat(all()).isNotEmpty().allSatisfy((name, reply) -> {
            assertThat(reply.lines()).hasSize(1);
            assertThat(reply.text()).matches("[ -~]+");
        });
    }

    @Test
    void aRefusedLoginAndAnUnreachableTargetReadTheSame() throws IllegalAccessException {
        assertThat(all().values())
                .filteredOn(reply -> reply.text().startsWith("Service not available"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "500, BAD_COMMAND LINE_TOO_LONG EPSV_ALL_IN_FORCE",
        "501, BAD_ARGUMENT BAD_DATA_ADDRESS NO_IPV4_ADDRESS",
        "504, BAD_DATA_PORT BAD_PARAMETER WHOLE_FILES_ONLY AUTH_UNKNOWN PROT_UNKNOWN HOST_UNKNOWN",
        "522, USE_IPV4_OR_IPV6 USE_IPV4 USE_IPV6 DATA_TLS_FAILED",
        "521, DATA_TLS_DEMANDED SERVER_DATA_CLEAR",
        "502, NOT_ALLOWED NO_TLS",
        "503, USER_FIRST AUTH_FIRST ALREADY_UNDER_TLS PASSWORD_FIRST HOST_TOO_LATE RNFR_FIRST",
        "234, AUTH_OK",
        "534, AUTH_DENIED CCC_DENIED PROT_DENIED SERVER_WITHOUT_TLS",
        "536, PROT_UNSUPPORTED",
        "425, NO_DATA_PORT NO_DATA_CONNECTION DATA_PORT_EXPIRED",
        "426, TRANSFER_ABORTED",
        "552, UPLOAD_OVER_LIMIT",
        "421, SERVICE_NOT_AVAILABLE NOT_REDIRECTED SERVER_UNAVAILABLE SERVER_TLS_FAILED SERVER_WITHOUT_DATA_TLS SERVER_LOST SERVER_SILENT TOO_MANY_SESSIONS TOO_MUCH_WAITING REPLIES_UNREAD TOO_MANY_REPLIES IDLE LOGIN_TOO_SLOW LINE_TOO_SLOW "
                + "TOO_MANY_ERRORS TOO_MANY_LOGINS SERVER_NOT_FTP SHUTTING_DOWN ENDED_BY_OPERATOR MAINTENANCE INTERNAL_ERROR",
        "530, NOT_LOGGED_IN TLS_DEMANDED LOG_IN_FIRST SERVER_FIRST LOGIN_INCORRECT ANONYMOUS_ONLY",
        "331, PASSWORD_WANTED",
        "230, GATEWAY_LOGIN_OK CONNECTED_BY_LOGIN SERVER_WANTED",
        "332, ACCOUNT_WANTED",
        "533, NOT_UNDER_TLS",
        "200, OK PORT_OK EPRT_OK EPSV_ALL_OK PBSZ_OK PROT_C_OK PROT_P_OK CCC_OK",
        "215, SYSTEM",
        "214, HELP",
        "220, GREETING PLAIN_GREETING CONNECTED HOST_OK FORGOTTEN",
        "221, GOODBYE",
        "226, ABORTED"
    })
    void haveTheCodesOfTheirCauses(int code, String names) throws IllegalAccessException {
        Map<String, FtpReply> all = all();

        assertThat(Stream.of(names.split(" "))).allSatisfy(name -> assertThat(all.get(name))
                .as(name)
                .extracting(FtpReply::code)
                .isEqualTo(code));
        assertThat(all.values().stream().filter(reply -> reply.code() == code)).hasSameSizeAs(names.split(" "));
    }

    @Test
    void nameTheProtocolsThatAnAddressMayHave() {
        assertThat(Replies.USE_IPV4_OR_IPV6.text()).endsWith("use (1,2)");
        assertThat(Replies.USE_IPV4.text()).endsWith("use (1)");
        assertThat(Replies.USE_IPV6.text()).endsWith("use (2)");
    }

    private static Map<String, FtpReply> all() throws IllegalAccessException {
        Map<String, FtpReply> all = new TreeMap<>();
        for (Field field : Replies.class.getFields()) {
            all.put(field.getName(), (FtpReply) field.get(null));
        }
        return all;
    }
}
