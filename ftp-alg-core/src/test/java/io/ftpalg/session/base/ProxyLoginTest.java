package io.ftpalg.session.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.Logins;
import io.ftpalg.session.base.ProxyLogin.AwaitsAccount;
import io.ftpalg.session.base.ProxyLogin.AwaitsPassword;
import io.ftpalg.session.login.LoginDialogueTest;
import org.junit.jupiter.api.Test;

/** What is kept of a login; the dialogue itself is played in {@link LoginDialogueTest}. */
class ProxyLoginTest {
    private final ProxyLogin login = Logins.forward().context().proxyLogin();
    private final LoginName name = login.read("joe");

    @Test
    void awaitsTheCommandThatCompletesWhatWasReceived() {
        assertThat(login.hasBegun()).isFalse();

        login.await(new AwaitsPassword(name));
        assertThat(login.awaits(FtpCommand.of(FtpVerb.PASS, "x"))).isTrue();
        assertThat(login.awaits(FtpCommand.of(FtpVerb.ACCT, "x"))).isFalse();

        login.await(new AwaitsAccount(name, Secret.of("x")));
        assertThat(login.awaits(FtpCommand.of(FtpVerb.PASS, "x"))).isFalse();
        assertThat(login.awaits(FtpCommand.of(FtpVerb.ACCT, "x"))).isTrue();
        assertThat(login.hasBegun()).isTrue();
    }

    @Test
    void isTakenOnce() {
        login.await(new AwaitsPassword(name));

        assertThat(login.take()).isEqualTo(new AwaitsPassword(name));
        assertThat(login.take()).isNull();
    }

    @Test
    void isForgotten() {
        login.await(new AwaitsPassword(name));

        login.forget();

        assertThat(login.pending()).isNull();
    }

    @Test
    void tellsHowToLogIn() {
        assertThat(login.hint()).isEqualTo(Replies.NOT_LOGGED_IN);

        login.await(new ProxyLogin.AwaitsServer(name, Secret.of("x")));

        assertThat(login.hint()).isEqualTo(Replies.SERVER_FIRST);
    }
}
