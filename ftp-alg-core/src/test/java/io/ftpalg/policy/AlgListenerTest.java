package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Side;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlgListenerTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 21);

    @Test
    void hearsWhatItWantsToAndNeedNotHearTheRest() {
        AlgListener listener = new AlgListener() {};
        AlgListener.Leg leg =
                new AlgListener.Leg(DataSyntax.PASV, Optional.of(ADDRESS), Optional.empty(), Optional.empty());

        assertThatCode(() -> {
                    listener.sessionOpened(new AlgListener.SessionOpened(1, ADDRESS, ADDRESS));
                    listener.sessionRefused(new AlgListener.SessionRefused(ADDRESS, CloseCause.SESSION_LIMIT));
                    listener.sessionAuthenticated(new AlgListener.SessionAuthenticated(1, "ann", ADDRESS));
                    listener.transferStarted(new AlgListener.TransferStarted(1, Optional.of("ann"), FtpVerb.RETR, "a"));
                    listener.inspectionEnded(new AlgListener.InspectionEnded(
                            1,
                            Optional.empty(),
                            FtpVerb.STOR,
                            "a",
                            Side.CLIENT,
                            TransferEnd.REJECTED,
                            Optional.of("signature X"),
                            Map.of("sha256", "00")));
                    listener.remnantHandled(new AlgListener.RemnantHandled(
                            1, Optional.empty(), FtpVerb.STOR, "a", true, Optional.of(250), ""));
                    listener.transferFinished(new AlgListener.TransferFinished(
                            1,
                            ADDRESS,
                            ADDRESS,
                            Optional.of("ann"),
                            FtpVerb.RETR,
                            "a",
                            leg,
                            leg,
                            1,
                            0,
                            Duration.ofSeconds(1),
                            TransferEnd.COMPLETE,
                            Optional.of(DataPath.SPLICE),
                            Optional.of(226),
                            Optional.of(226)));
                    listener.rejected(new AlgListener.Rejected(
                            1, AlgListener.Rejected.Reason.BOUNCE, Side.CLIENT, ADDRESS, Optional.of(ADDRESS)));
                    listener.dataConnectionFailed(new AlgListener.DataConnectionFailed(
                            1,
                            Side.CLIENT,
                            Optional.empty(),
                            DataFailure.NO_PORT,
                            true,
                            Optional.empty(),
                            ADDRESS,
                            Optional.empty(),
                            "address already in use"));
                    listener.tlsFailed(
                            new AlgListener.TlsFailed(1, Side.CLIENT, false, ADDRESS, TlsFailure.other("not in time")));
                    listener.sessionClosed(new AlgListener.SessionClosed(
                            1,
                            ADDRESS,
                            Optional.empty(),
                            Optional.empty(),
                            CloseCause.QUIT,
                            "",
                            1,
                            1,
                            1,
                            0,
                            Duration.ofSeconds(1)));
                })
                .doesNotThrowAnyException();
    }
}
