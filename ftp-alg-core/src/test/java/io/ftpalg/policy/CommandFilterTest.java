package io.ftpalg.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandFilterTest {
    private static final Verdict NOT_ALLOWED = new Verdict.Refuse(Replies.NOT_ALLOWED);
    private static final FtpCommand DELE = FtpCommand.of(FtpVerb.DELE, "a");

    @ParameterizedTest
    @EnumSource
    void allowAllAllowsEveryVerb(FtpVerb verb) {
        FtpCommand command = FtpCommand.of(verb.name(), "a");

        assertThat(CommandFilter.allowAll().filter(command)).isSameAs(Verdict.allow());
        assertThat(CommandFilter.deny(Set.of()).filter(command)).isSameAs(Verdict.allow());
    }

    @ParameterizedTest
    @EnumSource
    void denyRefusesItsVerbsOnly(FtpVerb verb) {
        FtpCommand command = FtpCommand.of(verb.name(), "a");
        Set<FtpVerb> others = EnumSet.complementOf(EnumSet.of(verb));
        others.removeIf(other -> other.standard() == verb.standard());

        assertThat(CommandFilter.deny(Set.of(verb)).filter(command)).isEqualTo(NOT_ALLOWED);
        assertThat(CommandFilter.deny(others).filter(command)).isSameAs(Verdict.allow());
    }

    @Test
    void denyMeansAVerbAndItsXFormWhicheverWasNamed() {
        for (FtpVerb named : Set.of(FtpVerb.CWD, FtpVerb.XCWD)) {
            assertThat(CommandFilter.deny(Set.of(named)).filter(FtpCommand.of("cwd", "/")))
                    .isEqualTo(NOT_ALLOWED);
            assertThat(CommandFilter.deny(Set.of(named)).filter(FtpCommand.of("xcwd", "/")))
                    .isEqualTo(NOT_ALLOWED);
            assertThat(CommandFilter.deny(Set.of(named)).filter(FtpCommand.of("cdup", "")))
                    .isSameAs(Verdict.allow());
        }
    }

    @Test
    void denyOfOtherRefusesEveryUnknownVerb() {
        assertThat(CommandFilter.deny(Set.of(FtpVerb.OTHER)).filter(FtpCommand.of("XRCP", "")))
                .isEqualTo(NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXEC %p",
                "exec ls",
                "Exec",
                "CPFR /etc/passwd",
                "cpto /x",
                "  EXEC ls",
                "EXEC\tls",
                "\tEXEC ls",
                "EXEC\u000bls",
                "EXEC\u000cls",
                "\"EXEC\" ls",
                "'EXEC' ls",
                "EX\\EC ls",
                "\\EXEC",
                "\"CPFR /etc/passwd\"",
                " \" EXEC ls"
            })
    void safeSiteRefusesWhatGaveAwayServers(String argument) {
        assertThat(CommandFilter.safeSite().filter(FtpCommand.of(FtpVerb.SITE, argument)))
                .isEqualTo(new Verdict.Refuse(Replies.NOT_ALLOWED, "safe-site"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "HELP", "CHMOD 600 EXEC", "UTIME x", "EXECUTE", "CPFRX", "UMASK 022", "\"", "\\"})
    void safeSiteAllowsTheRest(String argument) {
        assertThat(CommandFilter.safeSite().filter(FtpCommand.of(FtpVerb.SITE, argument)))
                .isSameAs(Verdict.allow());
    }

    @Test
    void safeSiteLooksAtSiteOnly() {
        assertThat(CommandFilter.safeSite().filter(FtpCommand.of(FtpVerb.RETR, "EXEC")))
                .isSameAs(Verdict.allow());
    }

    @Test
    void theFirstThatDoesNotAllowWins() {
        Verdict first = new Verdict.Refuse(FtpReply.of(550, "first"));
        Verdict second = new Verdict.Refuse(FtpReply.of(550, "second"));
        Verdict replaced = new Verdict.Replace(FtpCommand.of(FtpVerb.NOOP));
        CommandFilter never = command -> {
            throw new AssertionError("asked though the verdict is there");
        };

        assertThat(((CommandFilter) command -> first).and(never).filter(DELE)).isSameAs(first);
        assertThat(((CommandFilter) command -> replaced).and(never).filter(DELE))
                .isSameAs(replaced);
        assertThat(CommandFilter.allowAll().and(command -> second).filter(DELE)).isSameAs(second);
        assertThat(CommandFilter.allowAll().and(CommandFilter.allowAll()).filter(DELE))
                .isSameAs(Verdict.allow());
    }

    private static final TransferPermit SMALL = new TransferPermit(Optional.of(5L), Optional.empty());
    private static final CommandFilter PERMITS = command -> new Verdict.Allow(SMALL);

    @Test
    void bothPermitATransfer() {
        CommandFilter smaller = command -> new Verdict.Allow(new TransferPermit(Optional.of(3L), Optional.empty()));

        assertThat(PERMITS.and(smaller).filter(DELE)).isEqualTo(smaller.filter(DELE));
        assertThat(smaller.and(PERMITS).filter(DELE)).isEqualTo(smaller.filter(DELE));
        assertThat(PERMITS.and(CommandFilter.allowAll()).filter(DELE)).isEqualTo(new Verdict.Allow(SMALL));
        assertThat(PERMITS.and(command -> NOT_ALLOWED).filter(DELE)).isSameAs(NOT_ALLOWED);
    }

    @Test
    void whatTheFirstPermitsHoldsForTheCommandInPlace() {
        FtpCommand other = FtpCommand.of(FtpVerb.NOOP);

        assertThat(PERMITS.and(command -> new Verdict.Replace(other)).filter(DELE))
                .isEqualTo(new Verdict.Replace(other, SMALL));
    }

    @Test
    void whatTheFirstPermitsHoldsLater() {
        CommandFilter later =
                PERMITS.and(command -> new Verdict.Later(CompletableFuture.completedFuture(Verdict.allow())));
        CommandFilter asks = PERMITS.and(
                command -> new Verdict.Ask(FtpCommand.of(FtpVerb.PWD), (reply, session) -> Verdict.allow()));

        assertThat(((Verdict.Later) later.filter(DELE))
                        .verdict()
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Verdict.Allow(SMALL));
        assertThat(((Verdict.Ask) asks.filter(DELE)).decide().decide(FtpReply.of(257, "x"), SESSION))
                .isEqualTo(new Verdict.Allow(SMALL));
    }

    @Test
    void oneThatLimitsTransfersIsEnough() {
        CommandFilter all = CommandFilter.allowAll();
        CommandFilter limits = PERMITS.limitingTransfers();

        assertThat(all.and(all).limitsTransfers()).isFalse();
        assertThat(all.and(limits).limitsTransfers()).isTrue();
        assertThat(limits.and(all).limitsTransfers()).isTrue();
        assertThat(limits.filter(DELE)).isEqualTo(PERMITS.filter(DELE));
        assertThat(limits.filter(DELE, SESSION)).isEqualTo(PERMITS.filter(DELE));
    }

    private static final FilterContext SESSION = new FilterContext(
            7,
            new InetSocketAddress("127.0.0.1", 40000),
            new InetSocketAddress("127.0.0.3", 21),
            Optional.of(new ProxyUser("anna", Set.of("staff"))),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @Test
    void aFilterOfCommandsAloneDecidesInASessionToo() {
        CommandFilter filter = command -> NOT_ALLOWED;

        assertThat(filter.filter(DELE, SESSION)).isSameAs(NOT_ALLOWED);
    }

    @Test
    void aFilterDecidesByWhatIsKnownOfTheSession() {
        CommandFilter filter = CommandFilter.withSession((command, session) -> session.proxyUser()
                        .filter(user -> user.groups().contains("staff"))
                        .isPresent()
                ? Verdict.allow()
                : NOT_ALLOWED);

        assertThat(filter.filter(DELE, SESSION)).isSameAs(Verdict.allow());
        assertThat(CommandFilter.allowAll().and(filter).filter(DELE, SESSION)).isSameAs(Verdict.allow());
        assertThatThrownBy(() -> filter.filter(DELE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs a session");
    }

    @Test
    void theSecondDecidesWhenTheFirstHasAllowedLater() {
        CompletableFuture<Verdict> first = new CompletableFuture<>();
        CommandFilter both = ((CommandFilter) command -> new Verdict.Later(first)).and(command -> NOT_ALLOWED);
        CompletableFuture<? extends Verdict> verdict =
                ((Verdict.Later) both.filter(DELE, SESSION)).verdict().toCompletableFuture();
        assertThat(verdict).isNotDone();

        first.complete(Verdict.allow());

        assertThat(verdict.join()).isSameAs(NOT_ALLOWED);
    }

    @Test
    void aReplyFilterPassesItsResultToTheNext() {
        ReplyFilter shout = (reply, command, session) ->
                FtpReply.of(reply.code(), reply.text().toUpperCase(Locale.ROOT));
        ReplyFilter mark = (reply, command, session) -> FtpReply.of(reply.code(), reply.text() + " x");

        assertThat(shout.and(mark).filter(FtpReply.of(200, "ok"), Optional.of(DELE), SESSION))
                .isEqualTo(FtpReply.of(200, "OK x"));
    }
}
