package io.ftpalg.session;

import static io.ftpalg.session.FtpSessionTest.cause;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.Verdict;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import io.ftpalg.session.transfer.TransferExchangeTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Verdicts that come later, what filters are given, and replies that are changed. */
class SessionFiltersTest {
    private final List<CompletableFuture<Verdict>> asked = new ArrayList<>();

    /** Decides on these verbs when the test does. */
    private CommandFilter later(FtpVerb... verbs) {
        return command -> {
            if (!List.of(verbs).contains(command.verb())) {
                return Verdict.allow();
            }
            CompletableFuture<Verdict> verdict = new CompletableFuture<>();
            asked.add(verdict);
            return new Verdict.Later(verdict);
        };
    }

    private void decide(Verdict verdict) {
        asked.remove(0).complete(verdict);
    }

    /** Asks the server for its directory before each DELE, and allows it in /tmp only. */
    private static Verdict askForTheDirectory(FtpCommand command) {
        if (command.verb() != FtpVerb.DELE) {
            return Verdict.allow();
        }
        return new Verdict.Ask(
                FtpCommand.of(FtpVerb.PWD),
                (reply, session) -> session.directory().equals(Optional.of("/tmp"))
                        ? Verdict.allow()
                        : new Verdict.Refuse(Replies.NOT_ALLOWED));
    }

    @Test
    void asksTheServerFirstAndDecidesByItsReply() {
        Playbook.cast()
                .filter(SessionFiltersTest::askForTheDirectory)
                .loggedIn()
                .play("""
                C> DELE f
                S< PWD
                C> NOOP
                S> 257 "/tmp" is the current directory
                S< DELE f
                S> 250 ok
                C< 250 ok
                S< NOOP
                S> 200 ok
                C< 200 ok
                """);
    }

    @Test
    void refusesByTheReplyToAQuestion() {
        Playbook.cast()
                .filter(SessionFiltersTest::askForTheDirectory)
                .loggedIn()
                .play("""
                C> DELE f
                S< PWD
                S> 257 "/etc"
                C< 502 Command not allowed.
                C> NOOP
                S< NOOP
                """);
    }

    @Test
    void refusesWhatTheServerCannotBeAskedAbout() {
        Playbook.cast()
                .filter(SessionFiltersTest::askForTheDirectory)
                .greeted()
                .play("""
                C> DELE f
                """ + "C< " + Replies.NOT_DECIDED.code() + " " + Replies.NOT_DECIDED.text() + "\n");
    }

    @Test
    void asksThreeTimesAtMost() {
        Verdict[] ask = new Verdict[1];
        ask[0] = new Verdict.Ask(FtpCommand.of(FtpVerb.PWD), (reply, session) -> ask[0]);
        Playbook.cast()
                .filter(command -> command.verb() == FtpVerb.DELE ? ask[0] : Verdict.allow())
                .loggedIn()
                .play("""
                C> DELE f
                S< PWD
                S> 257 "/"
                S< PWD
                S> 257 "/"
                S< PWD
                S> 257 "/"
                """ + "C< " + Replies.NOT_DECIDED.code() + " " + Replies.NOT_DECIDED.text() + "\n");
    }

    @Test
    void aQuestionMayBeFollowedByAVerdictThatComesLater() {
        CompletableFuture<Verdict> later = new CompletableFuture<>();
        Playbook play = Playbook.cast()
                .filter(command -> command.verb() == FtpVerb.DELE
                        ? new Verdict.Ask(FtpCommand.of(FtpVerb.PWD), (reply, session) -> new Verdict.Later(later))
                        : Verdict.allow())
                .loggedIn()
                .play("""
                C> DELE f
                S< PWD
                S> 257 "/"
                ! await
                C> NOOP
                ~
                """);

        later.complete(Verdict.allow());
        play.play("""
                S< DELE f
                S> 250 ok
                C< 250 ok
                S< NOOP
                """);
    }

    @Test
    void refusesRntoBehindARefusedRnfr() {
        Playbook.cast()
                .filter(command ->
                        command.argument().equals("hidden") ? new Verdict.Refuse(Replies.NOT_ALLOWED) : Verdict.allow())
                .loggedIn()
                .play("""
                C> RNFR open
                S< RNFR open
                S> 350 and to
                C< 350 and to
                C> RNFR hidden
                C< 502 Command not allowed.
                C> RNTO other
                C< 503 Send RNFR first.
                C> RNFR open
                S< RNFR open
                S> 350 and to
                C< 350 and to
                C> RNTO other
                S< RNTO other
                """);
    }

    @Test
    void hasTheDeclaredSizeOfTheNextUploadOnly() {
        List<String> seen = new ArrayList<>();
        Playbook.cast()
                .filter(CommandFilter.withSession((command, session) -> {
                    if (session.user().isEmpty() || !session.loggedIn()) {
                        return Verdict.allow();
                    }
                    seen.add(command.verb() + " " + session.declaredSize().orElse(-1L));
                    return new Verdict.Refuse(Replies.NOT_ALLOWED);
                }))
                .loggedIn()
                .play("""
                C> ALLO 1000 R 7
                C< 502 Command not allowed.
                C> STOR f
                C< 502 Command not allowed.
                C> STOR g
                C< 502 Command not allowed.
                C> ALLO 9999999999999999999999
                C< 502 Command not allowed.
                C> APPE f
                C< 502 Command not allowed.
                """);

        assertThat(seen).containsExactly("ALLO -1", "STOR 1000", "STOR -1", "ALLO -1", "APPE " + Long.MAX_VALUE);
    }

    @Test
    void handlesACommandWhenTheVerdictIsThereAndThoseBehindItAfterwards() {
        Playbook play = Playbook.cast().filter(later(FtpVerb.DELE)).loggedIn().play("""
                C> DELE f
                ! await
                C> NOOP
                ~
                """);

        decide(Verdict.allow());
        play.play("""
                S< DELE f
                S> 250 ok
                C< 250 ok
                S< NOOP
                """);
    }

    @Test
    void refusesAndReplacesLater() {
        Playbook play = Playbook.cast().filter(later(FtpVerb.DELE)).loggedIn().play("C> DELE f\n! await");
        decide(new Verdict.Refuse(Replies.NOT_ALLOWED));
        play.play("C< 502 Command not allowed.\nC> DELE g\n! await");

        decide(new Verdict.Replace(FtpCommand.of(FtpVerb.NOOP)));

        play.play("S< NOOP");
    }

    @Test
    void waitsForAVerdictThatIsLaterAgain() {
        Playbook play = Playbook.cast().filter(later(FtpVerb.DELE)).loggedIn().play("C> DELE f\n! await");
        CompletableFuture<Verdict> second = new CompletableFuture<>();
        decide(new Verdict.Later(second));
        play.play("! await\nC> NOOP\n~");

        second.complete(Verdict.allow());

        play.play("S< DELE f");
    }

    /** A filter that does not answer costs one command and not the session, and its verdict counts for no other command. */
    @Test
    void refusesACommandThatIsNotDecidedOnInTime() {
        Playbook play = Playbook.cast().filter(later(FtpVerb.DELE)).loggedIn().play("C> DELE f\n! await");
        long seconds = Limits.defaults().replyTimeout().toSeconds();
        play.play(". elapse " + (seconds - 1) + "s\n~\n. elapse 1s\nC< 451 " + Replies.NOT_DECIDED.text()
                + "\nC> NOOP\nS< NOOP");

        assertThat(asked.get(0)).isCancelled();
        play.play("S> 200 ok\nC< 200 ok\nC> PWD\nS< PWD");
    }

    @Test
    void isNotIdleWhileAVerdictIsAwaited() {
        Playbook play = Playbook.cast()
                .filter(later(FtpVerb.DELE))
                .loggedIn()
                .play(". elapse 250s\nC> DELE f\n! await\n. elapse 55s\n~");

        decide(Verdict.allow());

        play.play("S< DELE f");
    }

    /** An ABOR whose verdict comes behind the end of the transfer is replied to before the commands behind it. */
    @Test
    void keepsTheOrderOfRepliesWhenTheVerdictOnAnAborComesBehindTheTransfer() {
        Playbook play = TransferExchangeTest.downloading(Playbook.cast().filter(later(FtpVerb.ABOR)));
        play.play("""
                C> ABOR
                ! await
                C> NOOP
                ~
                . ended COMPLETE 5 0
                S> 226 done
                C< 226 done
                ~
                """);

        decide(Verdict.allow());

        play.play("""
                S< ABOR
                S> 226 nothing to abort
                C< 226 nothing to abort
                S< NOOP
                """);
    }

    @Test
    void cutsATransferWhenTheVerdictOnItsAborIsThere() {
        Playbook play = TransferExchangeTest.downloading(Playbook.cast().filter(later(FtpVerb.ABOR)));
        play.play("C> ABOR\n! await\n~");

        decide(new Verdict.Refuse(Replies.NOT_ALLOWED));

        play.play("C< 502 Command not allowed.\n~");
    }

    @Test
    void endsWithTheClientWhoseCommandIsNotDecidedOn() {
        Playbook play =
                Playbook.cast().filter(later(FtpVerb.DELE)).loggedIn().play("C> DELE f\n! await\n. client-gone\n! end");

        decide(Verdict.allow());

        play.play("~");
        assertThat(cause(play)).isEqualTo(CloseCause.CLIENT_LOST);
    }

    @Test
    void givesTheFilterWhatIsKnownOfTheSession() {
        List<FilterContext> seen = new ArrayList<>();
        CommandFilter filter = CommandFilter.withSession((command, session) -> {
            seen.add(session);
            return Verdict.allow();
        });
        Playbook play = Playbook.cast().filter(filter).loggedIn();
        assertThat(seen.get(0).user()).isEmpty();
        assertThat(seen.get(0).loggedIn()).isFalse();

        play.play("""
                C> PWD
                S< PWD
                S> 257 "/home" is the current directory
                C< 257 "/home" is the current directory
                C> CWD in
                S< CWD in
                S> 250 ok
                C< 250 ok
                C> NOOP
                S< NOOP
                """);

        FilterContext last = seen.get(seen.size() - 1);
        assertThat(last.client()).isEqualTo(Playbook.CLIENT);
        assertThat(last.listener()).isEqualTo(Playbook.GATEWAY);
        assertThat(last.server()).contains(Playbook.SERVER);
        assertThat(last.route()).isPresent();
        assertThat(last.user()).isPresent();
        assertThat(last.loggedIn()).isTrue();
        assertThat(last.tls()).isEmpty();
        assertThat(last.directory()).contains("/home/in");
    }

    @Test
    void sendsTheClientWhatTheReplyFilterReturns() {
        List<Optional<FtpVerb>> commands = new ArrayList<>();
        Playbook play = Playbook.cast()
                .replyFilter((reply, command, session) -> {
                    commands.add(command.map(FtpCommand::verb));
                    return reply.code() == 211
                            ? new FtpReply(
                                    211,
                                    reply.lines().stream()
                                            .filter(line -> !line.contains("SECRET"))
                                            .toList())
                            : reply.code() == 215 ? FtpReply.of(215, "UNIX") : reply;
                })
                .loggedIn();

        play.play("""
                C> SYST
                S< SYST
                S> 215 Version 1.2.3 of a server
                C< 215 UNIX
                C> HELP
                S< HELP
                S> 211-Lines
                S>  SECRET
                S>  open
                S> 211 End
                C< 211-Lines
                C<  open
                C< 211 End
                C> #BAD_VERB
                C< 500 Command not understood.
                """);
        assertThat(commands).startsWith(Optional.empty()).contains(Optional.of(FtpVerb.SYST));
    }
}
