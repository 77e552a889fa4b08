package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ABOR in the middle of a transfer, in band and as urgent data: two replies, no lie, and the session goes on. */
class AbortIT {
    private static final long HUGE = 4L << 30;

    @RegisterExtension
    static final World WORLD = new World();

    private final String name = UUID.randomUUID().toString();

    static Stream<Arguments> serversAndUrgency() {
        return Stream.of(ServerKind.values())
                .flatMap(kind -> Stream.of(Arguments.of(kind, false), Arguments.of(kind, true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serversAndUrgency")
    void stopsADownload(ServerKind kind, boolean urgent) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        Payload.sparse(gateway.server().files().resolve(name), HUGE);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            try (Socket data = ftp.open(DataSyntax.PASV, "RETR " + name)) {
                assertThat(data.getInputStream().readNBytes(1 << 20)).hasSize(1 << 20);
                abort(ftp, urgent);
                drain(data);
            }
            assertAborted(ftp);
        }
        assertNotComplete(gateway);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serversAndUrgency")
    void stopsAnUpload(ServerKind kind, boolean urgent) throws IOException {
        Gateway gateway = WORLD.gateway(kind);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            try (Socket data = ftp.open(DataSyntax.PASV, "STOR " + name)) {
                data.getOutputStream().write(Payload.bytes(1 << 20));
                abort(ftp, urgent);
                // The data connection stays open: a client may wait with its close for the reply.
                assertAborted(ftp);
            }
        }
        assertNotComplete(gateway);
    }

    /**
     * The end of the data may not overtake the ABOR before it: half a file would be stored as a whole one. pure-ftpd gives one
     * reply to both, so that the gateway waits seconds for the second.
     */
    @ParameterizedTest(name = "{0}")
    @EnumSource(value = ServerKind.class, names = "PURE_FTPD", mode = EnumSource.Mode.EXCLUDE)
    void stopsAnUploadThatIsClosedBehindItsAbort(ServerKind kind) throws IOException {
        Gateway gateway = WORLD.gateway(kind);
        byte[] half = Payload.bytes(1 << 20);

        try (RawFtp ftp = RawFtp.login(gateway.target())) {
            for (int i = 0; i < 200; i++) {
                try (Socket data = ftp.open(DataSyntax.PASV, "STOR " + name)) {
                    data.getOutputStream().write(half);
                    abort(ftp, false);
                }
                RawFtp.Reply transfer = ftp.read();
                RawFtp.Reply abort = ftp.read();
                assertThat(transfer.negative())
                        .as("%d: %s, %s", i, transfer, abort)
                        .isTrue();
                assertThat(abort.code()).as("%d: %s, %s", i, transfer, abort).isBetween(200, 499);
            }
            assertThat(ftp.ask("QUIT").code()).isEqualTo(221);
        }
    }

    private static void abort(RawFtp ftp, boolean urgent) throws IOException {
        if (urgent) {
            ftp.sendUrgentAbort();
        } else {
            ftp.send("ABOR");
        }
    }

    /**
     * One reply to the transfer, one to ABOR, and then the next command gets its own. pure-ftpd has no 2yz for an ABOR
     * that ends an upload: 426, 451.
     */
    private static void assertAborted(RawFtp ftp) throws IOException {
        RawFtp.Reply transfer = ftp.read();
        RawFtp.Reply abort = ftp.read();
        assertThat(transfer.negative()).as("%s, %s", transfer, abort).isTrue();
        assertThat(abort.code()).as("%s, %s", transfer, abort).isBetween(200, 499);
        assertThat(ftp.ask("PWD").code()).isEqualTo(257);
        assertThat(ftp.ask("QUIT").code()).isEqualTo(221);
    }

    private void assertNotComplete(Gateway gateway) {
        List<TransferFinished> transfers = gateway.awaitTransfers(name, 1);
        assertThat(transfers.get(0).end()).isNotEqualTo(TransferEnd.COMPLETE);
        assertThat(transfers.get(0).sent())
                .hasValueSatisfying(code -> assertThat(code).isGreaterThanOrEqualTo(400));
    }

    private static void drain(Socket data) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try {
            while (data.getInputStream().read(buffer) >= 0) {
                // What was on its way may come.
            }
        } catch (SocketException e) {
            // An abort may well look like a reset.
        }
    }
}
