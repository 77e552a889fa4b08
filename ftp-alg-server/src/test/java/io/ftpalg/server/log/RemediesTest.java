package io.ftpalg.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.DataConnectionFailed;
import io.ftpalg.policy.AlgListener.Rejected;
import io.ftpalg.policy.AlgListener.SessionRefused;
import io.ftpalg.policy.AlgListener.TlsFailed;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.tls.TlsFailure;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Side;
import io.ftpalg.server.Main;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RemediesTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 21);
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLIENT | NO_PORT | --passive-ports",
                "SERVER | NO_PORT | source-ports",
                "CLIENT | SHARE_HELD | --passive-share",
                "CLIENT | NOT_ACCEPTED | passive mode",
                "SERVER | NOT_ACCEPTED | firewall",
                "CLIENT | NOT_CONNECTED | --passive-address",
                "SERVER | NOT_CONNECTED | --server-mode passive",
                "CLIENT | UNEXPECTED_PEERS | --data-peers",
                "SERVER | UNEXPECTED_PEERS | --data-peers"
            })
    void ofADataConnection(Side side, DataFailure failure, String remedy) {
        assertThat(failed(side, failure, Optional.empty()))
                .hasValueSatisfying(text -> assertThat(text).contains(remedy));
    }

    @Test
    void ofAClientThatConnectedToATransparentGateway() {
        assertThat(Remedies.of(new SessionRefused(PEER, CloseCause.NOT_REDIRECTED)))
                .hasValueSatisfying(text -> assertThat(text).contains("ftp-alg rules"));
        assertThat(Remedies.of(new SessionRefused(PEER, CloseCause.SESSION_LIMIT)))
                .isEmpty();
    }

    @Test
    void ofAClientOfSocksOrHttp() {
        assertThat(Remedies.of(new SessionRefused(PEER, CloseCause.TARGET_DENIED)))
                .hasValueSatisfying(text -> assertThat(text).contains("forward.allow"));
        assertThat(Remedies.of(new SessionRefused(PEER, CloseCause.BAD_REQUEST)))
                .hasValueSatisfying(text -> assertThat(text).contains("protocol"));
        assertThat(Remedies.of(new SessionRefused(PEER, CloseCause.LOGIN_REFUSED)))
                .hasValueSatisfying(text -> assertThat(text).contains("login.users-file"));
    }

    @Test
    void ofABalancerWithoutAGoodHeader() {
        assertThat(Remedies.of(new SessionRefused(PEER, CloseCause.NO_PROXY_HEADER)))
                .hasValueSatisfying(text -> assertThat(text).contains("proxy-protocol.required"));
        assertThat(Remedies.of(new SessionRefused(PEER, CloseCause.BAD_PROXY_HEADER)))
                .hasValueSatisfying(text -> assertThat(text).contains("version 1 or 2"));
    }

    @Test
    void of227ThatNamedAnotherHostThatWasNotConnectedTo() {
        assertThat(failed(Side.SERVER, DataFailure.NOT_ACCEPTED, IpLiteral.parse("10.9.8.7")))
                .contains("the 227 named 10.9.8.7: set --pasv-address 10.9.8.7/32, if its data ports are there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SERVER | false | VERSION | --upstream-tls-max 1.3",
                        "SERVER | false | OWN_CERTIFICATE | --upstream-cert",
                "SERVER | false | NOT_TLS | ftpes://", "SERVER | true | NOT_TLS | --upstream-data-tls clear",
                "SERVER | false | REFUSED | --upstream-tls auto", "SERVER | true | TRUNCATED | --upstream-lenient-end",
                "CLIENT | false | VERSION | --tls-profile", "CLIENT | false | CERTIFICATE | --tls-client-ca",
                "CLIENT | false | OWN_CERTIFICATE | --tls-cert",
                        "CLIENT | true | NOT_RESUMED | --tls-require-data-reuse",
                "CLIENT | true | TRUNCATED | --tls-lenient-end"
            })
    void ofTls(Side side, boolean data, TlsFailure.Kind kind, String remedy) {
        assertThat(Remedies.of(new TlsFailed(1, side, data, PEER, new TlsFailure(kind, ""))))
                .hasValueSatisfying(text -> assertThat(text).contains(remedy));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FOREIGN_DATA_PEER | CLIENT | | set --data-peers 192.0.2.1/32, if it is the client",
                "BOUNCE | CLIENT | 2001:db8::5 | set --data-peers 2001:db8::5/128, if it is the client",
                "BAD_PASSIVE_REPLY | SERVER | 10.9.8.7 | set --pasv-address 10.9.8.7/32, if its data ports are there",
                "TLS_TRUNCATION | SERVER | | set --upstream-lenient-end, if the server always ends TLS like this",
                "TLS_TRUNCATION | CLIENT | | set --tls-lenient-end, if the client always ends TLS like this"
            })
    void ofAPeer(Rejected.Reason reason, Side side, @Nullable String named, String remedy) {
        assertThat(Remedies.of(rejected(reason, side, Optional.ofNullable(named))))
                .contains(remedy);
    }

    /** A port that may not be used is no matter of hosts. */
    @ParameterizedTest
    @CsvSource({"BOUNCE, CLIENT", "BAD_PASSIVE_REPLY, SERVER"})
    void noneWhereThePeerNamedItsOwnHost(Rejected.Reason reason, Side side) {
        assertThat(Remedies.of(rejected(reason, side, Optional.of("192.0.2.1"))))
                .isEmpty();
        assertThat(Remedies.of(rejected(reason, side, Optional.empty()))).isEmpty();
    }

    @Test
    void nameOptionsThatThereAre() {
        List<String> texts = new ArrayList<>();
        for (Side side : Side.values()) {
            for (DataFailure failure : DataFailure.values()) {
                failed(side, failure, IpLiteral.parse("10.9.8.7")).ifPresent(texts::add);
                failed(side, failure, Optional.empty()).ifPresent(texts::add);
            }
            for (TlsFailure.Kind kind : TlsFailure.Kind.values()) {
                Remedies.of(new TlsFailed(1, side, true, PEER, new TlsFailure(kind, "")))
                        .ifPresent(texts::add);
                Remedies.of(new TlsFailed(1, side, false, PEER, new TlsFailure(kind, "")))
                        .ifPresent(texts::add);
            }
            for (Rejected.Reason reason : Rejected.Reason.values()) {
                Remedies.of(rejected(reason, side, Optional.of("10.9.8.7"))).ifPresent(texts::add);
            }
        }

        CommandLine options = Main.commandLine();
        List<String> named = texts.stream()
                .flatMap(text -> OPTION.matcher(text).results().map(result -> result.group()))
                .distinct()
                .toList();
        assertThat(named).hasSizeGreaterThan(12).allSatisfy(option -> assertThat(
                        options.getCommandSpec().findOption(option))
                .as(option)
                .isNotNull());
    }

    private static Optional<String> failed(Side side, DataFailure failure, Optional<InetAddress> named) {
        return Remedies.of(
                new DataConnectionFailed(1, side, Optional.empty(), failure, false, Optional.empty(), PEER, named, ""));
    }

    private static Rejected rejected(Rejected.Reason reason, Side side, Optional<String> named) {
        return new Rejected(
                1,
                reason,
                side,
                PEER,
                named.map(host -> new InetSocketAddress(IpLiteral.parse(host).orElseThrow(), 50_000)));
    }
}
