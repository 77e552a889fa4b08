package io.ftpalg.server.policy;

import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.server.users.ClientText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A command of a session that may be: what rules are to be explained for.
 *
 * @param session the session
 * @param command the command
 * @param now the time
 */
public record Question(FilterContext session, FtpCommand command, Instant now) {
    private static final List<String> FACTS =
            List.of("client", "user", "gateway-user", "group", "server", "tls", "directory", "size", "time");
    private static final TlsDetails UNDER_TLS =
            new TlsDetails("TLSv1.3", "TLS_AES_256_GCM_SHA384", Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Returns the question that a text such as {@code client=10.0.0.7 user=bob STOR ../in/x.exe} asks: facts, and behind them the
     * command as the client sends it. Without {@code directory} the session is in {@code /}, without {@code time} it is now.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Question of(String text, Instant now) {
        Map<String, String> facts = new HashMap<>();
        String rest = text.stripLeading();
        while (true) {
            String word = rest.split(" ", 2)[0];
            int equals = word.indexOf('=');
            if (equals < 0) {
                break;
            }
            String name = word.substring(0, equals);
            if (!FACTS.contains(name)) {
                throw new IllegalArgumentException("unknown fact '" + name + "': known are " + String.join(", ", FACTS)
                        + "; behind them comes the command");
            }
            facts.put(name, word.substring(equals + 1));
            rest = rest.substring(word.length()).stripLeading();
        }
        return new Question(session(facts), command(rest), time(facts, now));
    }

    private static FtpCommand command(String text) {
        String[] words = text.split(" ", 2);
        if (!FtpCommand.isName(words[0])) {
            throw new IllegalArgumentException("there is no command behind the facts: add one, such as STOR x.txt");
        }
        return words.length == 1 ? FtpCommand.of(words[0], "") : FtpCommand.of(words[0], ClientText.said(words[1]));
    }

    private static FilterContext session(Map<String, String> facts) {
        InetAddress any = IpLiteral.of(new byte[4]);
        Optional<Set<String>> groups = fact(facts, "group", text -> Set.of(text.split(",", -1)));
        Optional<String> gatewayUser = fact(facts, "gateway-user", ClientText::said);
        if (groups.isPresent() && gatewayUser.isEmpty()) {
            throw new IllegalArgumentException("group is that of a user of the gateway: add gateway-user");
        }
        return new FilterContext(
                0,
                new InetSocketAddress(fact(facts, "client", Question::address).orElse(any), 0),
                new InetSocketAddress(any, 0),
                gatewayUser.map(name -> new ProxyUser(name, groups.orElse(Set.of()))),
                fact(facts, "user", ClientText::said),
                true,
                Optional.empty(),
                fact(facts, "server", Question::address).map(server -> new InetSocketAddress(server, 21)),
                fact(facts, "tls", Question::isYes).filter(yes -> yes).map(yes -> UNDER_TLS),
                Optional.of(fact(facts, "directory", Question::directory).orElse("/")),
                fact(facts, "size", Question::size),
                TransferPermit.ANY);
    }

    private static <T> Optional<T> fact(Map<String, String> facts, String name, Function<String, T> meaning) {
        return Optional.ofNullable(facts.get(name)).map(meaning);
    }

    private static InetAddress address(String text) {
        return IpLiteral.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no IP address: give one"));
    }

    private static boolean isYes(String text) {
        if (!text.equals("yes") && !text.equals("no")) {
            throw new IllegalArgumentException("tls is yes or no, not '" + text + "'");
        }
        return text.equals("yes");
    }

    private static String directory(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("directory is the absolute path at the server, not '" + text + "'");
        }
        return ClientText.said(text);
    }

    private static long size(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("size is the bytes that ALLO declared, not '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static Instant time(Map<String, String> facts, Instant now) {
        try {
            return fact(facts, "time", text -> OffsetDateTime.parse(text).toInstant())
                    .orElse(now);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time is such as 2026-01-31T08:30:00Z or 2026-01-31T08:30:00+01:00", e);
        }
    }
}
