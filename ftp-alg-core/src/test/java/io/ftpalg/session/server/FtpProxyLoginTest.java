package io.ftpalg.session.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.login.LoginDialect;
import io.ftpalg.policy.route.FtpProxy;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.route.ServerUse;
import io.ftpalg.policy.route.Via;
import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.ActionLog;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** L13: each dialect as its client sends it. */
class FtpProxyLoginTest {
    private static final HostPort PROXY = new HostPort("proxy.test", 21);

    private static FtpProxy proxy(LoginDialect dialect) {
        return new FtpProxy(PROXY, dialect, Optional.of("fw"), Optional.of(Secret.of("fwpass")));
    }

    private static String text(FtpCommand command) {
        return command.verb() + " " + command.argument();
    }

    @ParameterizedTest
    @CsvSource({
        "USER_AT_HOST, 'USER fw,PASS fwpass,USER joe@a,PASS secret'",
        "SITE, 'USER fw,PASS fwpass,SITE a,USER joe,PASS secret'",
        "OPEN, 'USER fw,PASS fwpass,OPEN a,USER joe,PASS secret'",
        "JOINED, 'USER joe@fw@a,PASS secret@fwpass'",
        "PROXY_USER_AT_HOST, 'USER fw@a,PASS fwpass,USER joe,PASS secret'",
        "ACCOUNT, 'USER joe@a fw,PASS secret,ACCT fwpass'",
        "USER_AT_PROXY_USER, 'USER joe@fw,PASS secret@fwpass'",
    })
    void sendsWhatTheDialectHas(LoginDialect dialect, String expected) {
        FtpProxyLogin login = new FtpProxyLogin(proxy(dialect), new HostPort("a", 21));

        Stream<FtpCommand> all = Stream.of(
                        login.before().stream(),
                        Stream.of(
                                login.translate(FtpCommand.of(FtpVerb.USER, "joe")),
                                login.translate(FtpCommand.of(FtpVerb.PASS, "secret"))),
                        login.account().stream())
                .flatMap(part -> part);

        assertThat(all.map(FtpProxyLoginTest::text).collect(Collectors.joining(",")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"a:2121, USER joe@a:2121", "[::1]:2121, USER joe@[::1]:2121", "[::1]:21, USER joe@[::1]"})
    void namesAPortOnlyIfItIsNotThatOfFtp(String server, String expected) {
        FtpProxy open = new FtpProxy(PROXY, LoginDialect.USER_AT_HOST, Optional.empty(), Optional.empty());

        FtpProxyLogin login = new FtpProxyLogin(open, HostPort.parse(server).orElseThrow());

        assertThat(login.before()).isEmpty();
        assertThat(text(login.translate(FtpCommand.of(FtpVerb.USER, "joe")))).isEqualTo(expected);
        assertThat(text(login.translate(FtpCommand.of(FtpVerb.CWD, "x")))).isEqualTo("CWD x");
    }

    @ParameterizedTest
    @EnumSource(
            value = LoginDialect.class,
            names = {"JOINED", "PROXY_USER_AT_HOST", "ACCOUNT", "USER_AT_PROXY_USER"})
    void aDialectThatNamesAUserNeedsOne(LoginDialect dialect) {
        assertThatThrownBy(() -> new FtpProxy(PROXY, dialect, Optional.empty(), Optional.empty()))
                .hasMessage("the dialect " + dialect.text() + " names a user at the proxy: give user and password");
    }

    @Test
    void refusesAUserThatCannotBeSent() {
        assertThatThrownBy(() -> new FtpProxy(PROXY, LoginDialect.OPEN, Optional.of("fw"), Optional.empty()))
                .hasMessageContaining("belong together");
        assertThatThrownBy(() ->
                        new FtpProxy(PROXY, LoginDialect.OPEN, Optional.of("f\rw"), Optional.of(Secret.of("fwpass"))))
                .hasMessageContaining("control");
        assertThatThrownBy(() -> new FtpProxy(PROXY, LoginDialect.OPEN, Optional.of("fw"), Optional.of(Secret.of(""))))
                .hasMessageContaining("control");
    }

    @Test
    void aServerIsNamedToAnFtpProxyOnly() {
        List<InetSocketAddress> address = List.of(new InetSocketAddress("127.0.0.1", 21));
        Via via = new Via(List.of(), Optional.of(proxy(LoginDialect.OPEN)));

        assertThat(via).hasToString("ftp://proxy.test:21");
        assertThatThrownBy(() -> new RouteServer(address, ServerTls.OFF, ServerUse.NONE, via))
                .hasMessageContaining("named to an FTP proxy");
        assertThatThrownBy(() -> new RouteServer(address, ServerTls.OFF, ServerUse.NONE, Via.NONE, Optional.of(PROXY)))
                .hasMessageContaining("named to an FTP proxy");
    }

    // ---- what comes before the client's login

    private final ActionLog port = new ActionLog();
    private final List<String> outcome = new ArrayList<>();

    private AtFtpProxy begin(LoginDialect dialect) {
        AtFtpProxy steps = new AtFtpProxy(
                port,
                new FtpProxyLogin(proxy(dialect), new HostPort("a", 21)),
                () -> outcome.add("ready"),
                outcome::add);
        steps.start();
        return steps;
    }

    private static void reply(AtFtpProxy steps, int... codes) {
        for (int code : codes) {
            steps.onLine(new ReplyLine(code, ReplyLine.Position.ONLY, "text"));
        }
    }

    @Test
    void goesOnAfterEachReply() {
        AtFtpProxy steps = begin(LoginDialect.SITE);
        reply(steps, 331, 230);
        assertThat(outcome).isEmpty();
        reply(steps, 120, 220);

        assertThat(outcome).containsExactly("ready");
    }

    @Test
    void sendsNoPasswordThatIsNotWanted() {
        reply(begin(LoginDialect.PROXY_USER_AT_HOST), 230);

        assertThat(outcome).containsExactly("ready");
    }

    @Test
    void namesTheCommandThatWasRefused() {
        reply(begin(LoginDialect.USER_AT_HOST), 331, 530);

        assertThat(outcome).containsExactly("the FTP proxy replied 530 to PASS");
    }
}
