package io.ftpalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.AlgListener.Leg;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.ProxyAuthenticated;
import io.ftpalg.policy.AlgListener.ProxyRefused;
import io.ftpalg.policy.AlgListener.SessionAuthenticated;
import io.ftpalg.policy.AlgListener.SessionClosed;
import io.ftpalg.policy.AlgListener.SessionOpened;
import io.ftpalg.policy.AlgListener.SessionRefused;
import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.AlgListener.TransferStarted;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.ProxyUser;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpVerb;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 21);
    private static final Leg LEG = new Leg(DataSyntax.PASV, Optional.empty(), Optional.empty(), Optional.empty());
    private static final SessionOpened OPENED = new SessionOpened(1, ADDRESS, ADDRESS);
    private static final SessionRefused REFUSED = new SessionRefused(ADDRESS, CloseCause.LOOP);
    private static final SessionAuthenticated AUTHENTICATED = new SessionAuthenticated(1, "u", ADDRESS);
    private static final SessionClosed CLOSED = new SessionClosed(1, ADDRESS, Optional.empty(), Optional.empty(),
            CloseCause.QUIT, "", 1, 2, 3, 4, Duration.ZERO);
    private static final TransferStarted STARTED = new TransferStarted(1, Optional.empty(), FtpVerb.RETR, "f");
    private static final TransferFinished FINISHED = new TransferFinished(1, ADDRESS, ADDRESS, Optional.empty(),
            FtpVerb.RETR, "f", LEG, LEG, 1, 2, Duration.ZERO, TransferEnd.COMPLETE, Optional.empty(), Optional.empty());
    private static final Rejected REJECTED = new Rejected(1, Rejected.Reason.BOUNCE, ADDRESS);

    private static final ProxyAuthenticated KNOWN = new ProxyAuthenticated(1, ADDRESS, new ProxyUser("u", Set.of()));
    private static final ProxyRefused UNKNOWN = new ProxyRefused(1, ADDRESS, "u");

    /** An event that is told to one alone would be lost as soon as there are two. */
    @Test
    void passesOnEveryEventThatThereIs() {
        Set<String> passed = Stream.of(Listeners.class.getDeclaredMethods()).filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName).collect(Collectors.toSet());

        assertThat(passed).isEqualTo(Stream.of(AlgListener.class.getDeclaredMethods()).map(Method::getName)
                .collect(Collectors.toSet()));
    }

    @Test
    void tellsEveryEventToAllInOrderThoughOneFails() {
        List<String> told = new ArrayList<>();
        Listeners all = new Listeners(List.of(new Ear("first", told), new Ear("broken", told), new Ear("last", told)));

        all.sessionOpened(OPENED);
        all.sessionRefused(REFUSED);
        all.proxyAuthenticated(KNOWN);
        all.proxyRefused(UNKNOWN);
        all.sessionAuthenticated(AUTHENTICATED);
        all.sessionClosed(CLOSED);
        all.transferStarted(STARTED);
        all.transferFinished(FINISHED);
        all.rejected(REJECTED);

        List<String> expected = new ArrayList<>();
        for (Record event : List.of(OPENED, REFUSED, KNOWN, UNKNOWN, AUTHENTICATED, CLOSED, STARTED, FINISHED, REJECTED)) {
            for (String name : List.of("first", "broken", "last")) {
                expected.add(name + " " + event);
            }
        }
        assertThat(told).isEqualTo(expected);
    }

    /** Notes what it hears; the broken one fails after that. */
    private record Ear(String name, List<String> told) implements AlgListener {

        @Override
        public void sessionOpened(SessionOpened event) {
            hear(event);
        }

        @Override
        public void sessionRefused(SessionRefused event) {
            hear(event);
        }

        @Override
        public void proxyAuthenticated(ProxyAuthenticated event) {
            hear(event);
        }

        @Override
        public void proxyRefused(ProxyRefused event) {
            hear(event);
        }

        @Override
        public void sessionAuthenticated(SessionAuthenticated event) {
            hear(event);
        }

        @Override
        public void sessionClosed(SessionClosed event) {
            hear(event);
        }

        @Override
        public void transferStarted(TransferStarted event) {
            hear(event);
        }

        @Override
        public void transferFinished(TransferFinished event) {
            hear(event);
        }

        @Override
        public void rejected(Rejected event) {
            hear(event);
        }

        private void hear(Record event) {
            told.add(name + " " + event);
            if (name.equals("broken")) {
                throw new IllegalStateException("made by a test");
            }
        }
    }
}
