package io.ftpalg.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One conversation as a script: replies in, and what is done for each, as lines. */
final class HttpScript implements HttpActions {
    private final HttpConversation conversation;
    private final Queue<String> done = new ArrayDeque<>();
    private @Nullable ResponseHead head;
    private @Nullable ListingBody list;
    private String body = "";

    HttpScript(String method, String url, String... headers) throws HttpRefusal {
        conversation = new HttpConversation(FileRequestTest.request(method, url, headers), Secret.of("me@here"), this);
    }

    HttpConversation conversation() {
        return conversation;
    }

    /** The session sends this reply, {@code 220 text}; nothing else is done than what is named. */
    HttpScript reply(String reply, String... expected) {
        conversation.onReply(FtpReply.of(
                Integer.parseInt(reply.substring(0, 3)), reply.substring(3).strip()));
        return expect(expected);
    }

    HttpScript expect(String... expected) {
        assertThat(done).containsExactly(expected);
        done.clear();
        return this;
    }

    /** The login at a server that asks for a password. */
    HttpScript login(String first) {
        return reply("220 hello", "USER anonymous")
                .reply("331 password", "PASS me@here")
                .reply("230 in", first);
    }

    ResponseHead head() {
        return Objects.requireNonNull(head);
    }

    String header(String name) {
        return head().headers().stream()
                .filter(header -> header.name().equals(name))
                .map(ResponseHead.Header::value)
                .findFirst()
                .orElse("none");
    }

    String body() {
        return body;
    }

    /** Returns what the list of a directory becomes. */
    String listed(String lines) {
        ListingBody body = Objects.requireNonNull(list);
        return new String(body.append(lines.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.UTF_8)
                + new String(body.end(), StandardCharsets.UTF_8);
    }

    @Override
    public void send(FtpCommand command) {
        done.add(command.verb().name().equals("PASS") ? "PASS " + command.argument() : command.toString());
    }

    @Override
    public void connectData() {
        done.add("connect");
    }

    @Override
    public void respond(ResponseHead head, String body) {
        this.head = head;
        this.body = body;
        done.add("respond " + head.status());
    }

    @Override
    public void download(ResponseHead head, OptionalLong most, Optional<ListingBody> list) {
        this.head = head;
        this.list = list.orElse(null);
        done.add("download " + head.status() + (most.isPresent() ? " most " + most.getAsLong() : ""));
    }

    @Override
    public void upload() {
        done.add("upload");
    }

    @Override
    public void complete() {
        done.add("complete");
    }

    @Override
    public void cut() {
        done.add("cut");
    }

    @Override
    public void leave() {
        done.add("leave");
    }
}
