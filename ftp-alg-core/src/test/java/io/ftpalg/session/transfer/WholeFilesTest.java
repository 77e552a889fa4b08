package io.ftpalg.session.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ftpalg.policy.AlgListener.CommandDenied;
import io.ftpalg.policy.TransferPolicy;
import io.ftpalg.policy.inspect.PartsOf;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.Playbook;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeFilesTest {
    private static final String REFUSED = "504 Files are inspected here, and are transferred whole only.";

    /** A session with a data port, in which these sides may send parts. */
    private static Playbook session(Side... mayBeParts) {
        return TransferExchangeTest.passive(
                Playbook.cast().transfers(TransferPolicy.NONE.inspectedBy(new PartsOf(mayBeParts))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"REST 5", "rest 00000000001", "REST x", "REST", "RANG 5 9", "APPE f", "COMB f a b"})
    void refuses(String command) {
        session().play("C> " + command + "\nC< " + REFUSED + "\n~");
    }

    /** An operator must see who wanted a part of which file. */
    @ParameterizedTest
    @CsvSource({"REST 5, CONTROL,", "APPE f, UPLOAD, f"})
    void reportsWhatItRefuses(String command, Direction direction, @Nullable String path) {
        Playbook play = session().play("C> " + command + "\nC< " + REFUSED + "\n~");

        assertDenied(play, direction, path);
    }

    private static void assertDenied(Playbook play, Direction direction, @Nullable String path) {
        assertThat(play.events().of(CommandDenied.class))
                .extracting(CommandDenied::rule, CommandDenied::direction, CommandDenied::path, CommandDenied::code)
                .containsExactly(tuple(Optional.of("inspection"), direction, Optional.ofNullable(path), 504));
    }

    @ParameterizedTest
    @ValueSource(strings = {"REST 0", "RANG 1 0"})
    void passesTheStart(String command) {
        session().play("C> " + command + "\nS< " + command + "\nS> 350 ok\nC< 350 ok\n~");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REST 5", "RANG 5 9", "COMB f a b"})
    void passesPartsThatAreAllowed(String command) {
        session(Side.CLIENT, Side.SERVER).play("C> " + command + "\nS< " + command + "\nS> 250 ok\nC< 250 ok\n~");
    }

    @Test
    void passesPartsWhereNothingIsInspected() {
        TransferExchangeTest.passive(Playbook.cast()).play("C> REST 5\nS< REST 5\nS> 350 ok\nC< 350 ok\n~");
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPE f", "COMB f a b"})
    void refusesToAddToFilesWhereDownloadsMayBeParts(String command) {
        session(Side.SERVER).play("C> " + command + "\nC< " + REFUSED + "\n~");
    }

    /** The next transfer begins at the start again. */
    @ParameterizedTest
    @ValueSource(strings = {"STOR f", "STOU f"})
    void refusesUploadsBehindRestThatIsForDownloads(String upload) {
        session(Side.SERVER)
                .play("""
                C> REST 5
                S< REST 5
                S> 350 from 5
                C< 350 from 5
                """ + "C> " + upload + """

                S< REST 0
                S> 350 from 0
                """ + "C< " + REFUSED + "\nC> " + upload + "\nS< " + upload + "\n~");
    }

    @Test
    void refusesDownloadsBehindRestThatIsForUploads() {
        Playbook play = session(Side.CLIENT).play("""
                C> REST 5
                S< REST 5
                S> 350 from 5
                C< 350 from 5
                C> RETR f
                S< REST 0
                S> 350 from 0
                """ + "C< " + REFUSED + "\n~");

        assertDenied(play, Direction.DOWNLOAD, "f");
    }

    @Test
    void refusesTransfersAsLongAsTheServerDoesNotAcceptTheStart() {
        session(Side.SERVER).play("""
                C> REST 5
                S< REST 5
                S> 350 from 5
                C< 350 from 5
                C> STOR f
                S< REST 0
                S> 501 no
                """ + "C< " + REFUSED + "\nC> STOR f\nS< REST 0\n~");
    }

    @Test
    void passesListsBehindRest() {
        session(Side.CLIENT).play("""
                C> REST 5
                S< REST 5
                S> 350 from 5
                C< 350 from 5
                C> LIST
                S< LIST
                ~
                """);
    }

    @Test
    void refusesDataOfCommandsThatAreNotKnown() {
        Playbook play = session(Side.CLIENT).play("""
                C> ERET P 0 10 f
                S< ERET P 0 10 f
                S> 150 here
                ! abort CLIENT
                ! abort SERVER
                S< !ABOR
                """ + "C< " + REFUSED + """

                S> 426 cut
                S> 226 aborted
                C> NOOP
                S< NOOP
                """);

        assertDenied(play, Direction.ADMIN, null);
    }

    @Test
    void offersNothingOfWhatItRefuses() {
        session().play("""
                C> FEAT
                S< FEAT
                S> 211-Features:
                S>  REST STREAM
                S>  RANG STREAM
                S>  COMB
                S>  ERET
                S>  ESTO
                S>  MODE Z
                S>  SIZE
                S> 211 End
                C< 211-Features:
                C<  SIZE
                C<  EPRT
                C<  EPSV
                C< 211 End
                """);
    }

    @Test
    void offersRestForDownloads() {
        session(Side.SERVER).play("""
                C> FEAT
                S< FEAT
                S> 211-Features:
                S>  REST STREAM
                S>  COMB
                S> 211 End
                C< 211-Features:
                C<  REST STREAM
                C<  EPRT
                C<  EPSV
                C< 211 End
                """);
    }
}
