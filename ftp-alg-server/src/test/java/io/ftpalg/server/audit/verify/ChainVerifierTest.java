package io.ftpalg.server.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.audit.record.HashChain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {
    private final ChainVerifier verifier = new ChainVerifier(Optional.empty());

    /** Returns the lines of a file that a sink would write. */
    private static List<String> lines(HashChain chain, String extra, int records) {
        List<String> lines = new ArrayList<>();
        lines.add(add(
                chain,
                "{\"schema\":1,\"time\":\"2026-11-29T05:00:00.000Z\",\"event\":\"file_opened\",\"previous\":\""
                        + chain.last() + "\"" + extra + "}"));
        for (int i = 1; i <= records; i++) {
            lines.add(add(
                    chain,
                    "{\"schema\":1,\"seq\":" + i + ",\"time\":\"2026-11-29T05:00:0" + i
                            + ".000Z\",\"event\":\"session_opened\",\"user\":\"\u00fc\"}"));
        }
        return lines;
    }

    private static String add(HashChain chain, String body) {
        String hash = chain.hash(body.getBytes(StandardCharsets.UTF_8));
        chain.continueAfter(hash);
        return HashChain.line(body, hash);
    }

    private static HashChain chain() {
        return new HashChain(Optional.empty());
    }

    private void read(String name, List<String> lines) throws IOException {
        read(name, String.join("\n", lines) + "\n");
    }

    private void read(String name, String text) throws IOException {
        verifier.read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void acceptsWhatASinkWrote() throws IOException {
        read("a", lines(chain(), "", 3));

        assertThat(verifier.finish()).isEmpty();
        assertThat(verifier.summary())
                .singleElement()
                .asString()
                .startsWith(
                        "verified: 4 records in 1 file, from 2026-11-29T05:00:00.000Z to 2026-11-29T05:00:03.000Z, last"
                                + " hash ");
    }

    @Test
    void findsAChangedByte() throws IOException {
        List<String> lines = lines(chain(), "", 3);
        lines.set(2, lines.get(2).replace("session_opened", "session_openeD"));

        read("a", lines);

        assertThat(verifier.finish()).get().asString().startsWith("a:3: this line has a hash that does not fit");
        assertThat(verifier.summary())
                .singleElement()
                .asString()
                .startsWith("verified up to the line that is wrong: 2 records");
    }

    @Test
    void findsARemovedLine() throws IOException {
        List<String> lines = lines(chain(), "", 3);
        lines.remove(2);

        read("a", lines);

        assertThat(verifier.finish()).get().asString().startsWith("a:3: ");
    }

    @Test
    void findsAnInsertedLine() throws IOException {
        List<String> lines = lines(chain(), "", 3);
        lines.add(2, "{\"schema\":1}");

        read("a", lines);

        assertThat(verifier.finish()).contains("a:3: this line is no record with a hash: it was changed or inserted");
    }

    @Test
    void findsThatTheBeginningWasRemoved() throws IOException {
        List<String> lines = lines(chain(), "", 3);

        read("a", lines.subList(1, 4));

        assertThat(verifier.finish())
                .contains("a:1: this line is not the first one of a file: the lines before it were removed");
    }

    /** The docs have what to do about it. */
    @Test
    void doesNotFindThatTheEndWasRemoved() throws IOException {
        read("a", lines(chain(), "", 3).subList(0, 2));

        assertThat(verifier.finish()).isEmpty();
    }

    @Test
    void acceptsFilesThatContinueEachOther() throws IOException {
        HashChain chain = chain();
        read("a", lines(chain, "", 2));
        read("b", lines(chain, "", 2));

        assertThat(verifier.finish()).isEmpty();
        assertThat(verifier.summary().get(0)).startsWith("verified: 6 records in 2 files");
    }

    @Test
    void findsAMissingFile() throws IOException {
        HashChain chain = chain();
        read("a", lines(chain, "", 2));
        lines(chain, "", 2);
        read("c", lines(chain, "", 2));

        assertThat(verifier.finish()).get().asString().startsWith("c:1: this line does not continue the line before");
    }

    @Test
    void namesTheFileThatIsContinuedByTheFirstOne() throws IOException {
        HashChain chain = chain();
        chain.continueAfter("a".repeat(64));

        read("b", lines(chain, "", 1));

        assertThat(verifier.finish()).isEmpty();
        assertThat(verifier.summary().get(0))
                .isEqualTo("b:1: continues an earlier file, whose last hash is " + "a".repeat(64));
    }

    @Test
    void acceptsATornLineThatIsNamed() throws IOException {
        HashChain chain = chain();
        List<String> lines = lines(chain, "", 1);
        lines.add("{\"to");
        lines.addAll(lines(chain, torn("{\"to"), 1));

        read("a", lines);

        assertThat(verifier.finish()).isEmpty();
        assertThat(verifier.summary().get(0)).startsWith("a:3: not complete: the gateway was killed");
    }

    private static String torn(String text) {
        return ",\"torn_bytes\":" + text.length() + ",\"torn_sha256\":\""
                + HashChain.sha256(text.getBytes(StandardCharsets.UTF_8)) + "\"";
    }

    @Test
    void findsATornLineThatWasChanged() throws IOException {
        HashChain chain = chain();
        List<String> lines = lines(chain, "", 1);
        lines.add("{\"TO");
        lines.addAll(lines(chain, torn("{\"to"), 1));

        read("a", lines);

        assertThat(verifier.finish()).contains("a:3: this line is no record with a hash: it was changed or inserted");
    }

    @Test
    void findsATornLineThatWasRemoved() throws IOException {
        HashChain chain = chain();
        List<String> lines = lines(chain, "", 1);
        lines.addAll(lines(chain, torn("{\"to"), 1));

        read("a", lines);

        assertThat(verifier.finish()).contains("a:3: this line names an incomplete line, which was removed");
    }

    @Test
    void reportsALineThatIsBeingWritten() throws IOException {
        read("a", String.join("\n", lines(chain(), "", 1)) + "\n{\"to");

        assertThat(verifier.finish()).isEmpty();
        assertThat(verifier.summary().get(0)).startsWith("a:3: not complete: it is being written");
    }

    @Test
    void findsTextBehindTheLastRecord() throws IOException {
        read("a", String.join("\n", lines(chain(), "", 1)) + "\n{\"to\n");

        assertThat(verifier.finish()).get().asString().startsWith("a:3: ");
    }

    @Test
    void isBoundedWhereThereIsNoLineEnd() throws IOException {
        read("a", "x".repeat((1 << 20) + 2));

        assertThat(verifier.finish()).contains("a:1: this line is longer than any record");
    }

    @Test
    void anEmptyFileHasNoRecord() throws IOException {
        read("a", "");

        assertThat(verifier.finish()).isEmpty();
        assertThat(verifier.summary()).containsExactly("verified: 0 records in 1 file");
    }
}
