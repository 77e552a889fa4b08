package io.ftpalg.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener.TransferFinished;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.session.server.StrayReplies;
import io.ftpalg.session.transfer.TransferExchangeTest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replies of a server in legal and illegal orders around the data of a transfer, at random: the client's view of each command
 * is made of the replies to that command only, and it is told of no success that was none.
 */
class ReplyOrderPropertyTest {
    private static final int PLAYS = 4_000;
    private static final List<String> EARLY = List.of("", "200", "202", "226", "250");
    private static final List<String> MARKS = List.of("", "150", "125", "150 125", "110 150");
    private static final List<String> LAST = List.of("226", "250", "299", "425", "426", "451", "552");

    @ParameterizedTest
    @ValueSource(strings = {"RETR", "STOR", "ERET"})
    void theClientsViewOfACommandBelongsToIt(String verb) {
        for (long seed = 0; seed < PLAYS; seed++) {
            new Scene(verb, seed).run();
        }
    }

    /** The generator must reach what it is for, or the properties hold of nothing. */
    @Test
    void reachesSuccessesAndFailures() {
        Set<TransferEnd> ends = EnumSet.noneOf(TransferEnd.class);
        for (long seed = 0; seed < 500; seed++) {
            Scene scene = new Scene("RETR", seed);
            scene.run();
            scene.play.events().of(TransferFinished.class).forEach(finished -> ends.add(finished.end()));
        }

        assertThat(ends).contains(TransferEnd.COMPLETE, TransferEnd.SERVER_RESET, TransferEnd.SERVER_FAILED);
    }

    private static final class Scene {
        private final String verb;
        private final long seed;
        private final Random random;
        private final Playbook play = TransferExchangeTest.passive();
        private final List<String> trace = new ArrayList<>();
        private final List<String> clientLines = new ArrayList<>();
        private final List<String> replies = new ArrayList<>();
        private final TransferEnd end;
        private boolean connected;
        private boolean relayed;
        private boolean aborted;
        private boolean ended;
        private boolean pwdSent;

        Scene(String verb, long seed) {
            this.verb = verb;
            this.seed = seed;
            random = new Random(seed * 31 + verb.hashCode());
            // The known limit: without any mark the last reply behind an early 2yz is an unasked one.
            String early = any(EARLY);
            String marks = verb.equals("ERET") ? any(MARKS.subList(1, 4)) : any(MARKS);
            String words = (verb.equals("ERET") ? "" : early) + ' ' + marks + ' ';
            boolean alone = !verb.equals("ERET") && marks.isEmpty() && StrayReplies.COMPLETIONS.contains(number(early));
            replies.addAll(List.of((words + (alone ? "" : any(LAST))).strip().split(" +")));
            end = random.nextInt(3) == 0 ? TransferEnd.SERVER_RESET : TransferEnd.COMPLETE;
        }

        private static int number(String code) {
            return code.isEmpty() ? 0 : Integer.parseInt(code);
        }

        private <T> T any(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        void run() {
            try {
                step("C> " + verb + " f");
                step("C> PWD");
                for (int i = 0; i < 200 && !(replies.isEmpty() && pwdSent && (ended || !relayed)); i++) {
                    next();
                }
                assertThat(pwdSent).as("the transfer ends").isTrue();
                step("S> 257 mine");
                check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ' ' + verb + '\n' + String.join("\n", trace), e);
            }
        }

        private void next() {
            int dice = random.nextInt(4);
            if (dice == 0 && !replies.isEmpty()) {
                step("S> " + replies.remove(0) + " transfer");
            } else if (dice == 1 && !connected) {
                connected = true;
                step(". connected CLIENT");
            } else if (dice == 2 && relayed && !ended) {
                ended = true;
                step(". ended " + (aborted ? TransferEnd.ABORTED : end) + " 5 5");
            } else if (replies.isEmpty()) {
                step(". elapse 5s");
            }
        }

        private void step(String line) {
            trace.add(line);
            play.play(line);
            for (String wish : play.log().takeAll()) {
                trace.add("    " + wish);
                relayed |= wish.startsWith("! relay");
                aborted |= wish.equals("! abort-relay");
                pwdSent |= wish.equals("S< PWD");
                if (wish.startsWith("C< ")) {
                    clientLines.add((pwdSent ? "PWD " : "") + wish.substring(3));
                }
            }
        }

        private void check() {
            List<String> ofPwd =
                    clientLines.stream().filter(line -> line.startsWith("PWD ")).toList();
            assertThat(ofPwd).as("the client's view of PWD").containsExactly("PWD 257 mine");
            List<String> ofTransfer = clientLines.stream()
                    .filter(line -> !line.startsWith("PWD "))
                    .toList();
            assertThat(ofTransfer)
                    .as("the client's view of the transfer")
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("mine"));
            String last = ofTransfer.get(ofTransfer.size() - 1);
            assertThat(last.charAt(0)).as("its last reply").isIn('2', '4', '5');
            if (last.startsWith("2")) {
                assertThat(ended && !aborted && end == TransferEnd.COMPLETE || verb.equals("ERET") && !relayed)
                        .as("the data behind " + last)
                        .isTrue();
            }
            // Before the last one only marks, and what passed right before a mark.
            for (int i = 0; i < ofTransfer.size() - 1; i++) {
                boolean early = ofTransfer.get(i).startsWith("20")
                        && ofTransfer.get(i + 1).startsWith("1");
                assertThat(early || ofTransfer.get(i).startsWith("1"))
                        .as(ofTransfer.get(i))
                        .isTrue();
            }
            assertThat(play.events().of(TransferFinished.class))
                    .as("transfers that were reported")
                    .hasSize(1);
        }
    }
}
