package io.ftpalg.protocol;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The four ways to name a data port: PORT and PASV (RFC 959 section 4.1.2), EPRT and EPSV (RFC 2428).
 *
 * <p>{@link #parse} and {@link #format} speak of the argument for the active two, of the reply's text for the passive two.
 * A text is understood or refused, never repaired; what is sent has one canonical form, since firewalls on the way read it.
 */
public enum DataSyntax {
    /** {@code PORT h1,h2,h3,h4,p1,p2}: the client listens, IPv4. */
    PORT(FtpVerb.PORT, false, false, 200),
    /** {@code EPRT |family|address|port|}: the client listens, either family. */
    EPRT(FtpVerb.EPRT, false, true, 200),
    /** {@code 227 ... (h1,h2,h3,h4,p1,p2)}: the server listens, IPv4. */
    PASV(FtpVerb.PASV, true, false, 227),
    /** {@code 229 ... (|||port|)}: the server listens, on the address of the control connection. */
    EPSV(FtpVerb.EPSV, true, true, 229);

    private static final Pattern SIX_EXACTLY =
            Pattern.compile("(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3}),(\\d{1,3})");
    /** A seventh number is taken along, so that the middle of a longer list is not mistaken for an address. */
    private static final Pattern SIX_OR_MORE = Pattern.compile("(?<!\\d)\\d++(?: ?, *+\\d++){5,6}+");

    private static final Pattern SIX_SPACED =
            Pattern.compile("(\\d+) ?, *(\\d+) ?, *(\\d+) ?, *(\\d+) ?, *(\\d+) ?, *(\\d+)");
    /** RFC 2428 leaves family and address empty; some servers repeat their own there (draft CEPR), which is ignored. */
    private static final Pattern EXTENDED_REPLY =
            Pattern.compile("\\(([!-~&&[^\\d()]])[12]?+\\1((?:(?!\\1)[0-9A-Fa-f.:]){0,45})\\1(\\d{1,5})\\1\\)");
    /** Six numbers, with the parentheses around them if there are any. */
    private static final Pattern PASSIVE_TUPLE = Pattern.compile("\\(?+" + SIX_OR_MORE.pattern() + "\\)?+");

    private static final Pattern PLAIN = Pattern.compile("[ -~&&[^\\d()]]*+");
    private static final Pattern WORDS = Pattern.compile("(?=.*[A-Za-z])" + PLAIN.pattern());
    private static final String PRINTABLE_DELIMITER = "[!-~&&[^\\d]]";

    private final FtpVerb verb;
    private final boolean passive;
    private final boolean extended;
    private final int positiveCode;

    DataSyntax(FtpVerb verb, boolean passive, boolean extended, int positiveCode) {
        this.verb = verb;
        this.passive = passive;
        this.extended = extended;
        this.positiveCode = positiveCode;
    }

    /** Returns the syntax of this verb. */
    public static DataSyntax of(FtpVerb verb) {
        return switch (verb) {
            case PORT -> PORT;
            case EPRT -> EPRT;
            case PASV -> PASV;
            case EPSV -> EPSV;
            default -> throw new IllegalArgumentException(verb + " names no data port");
        };
    }

    /** Returns the verb that opens the negotiation. */
    public FtpVerb verb() {
        return verb;
    }

    /** Returns whether the side that answers listens (PASV, EPSV). */
    public boolean passive() {
        return passive;
    }

    /** Returns whether it is one of RFC 2428, which carry IPv6. */
    public boolean extended() {
        return extended;
    }

    /** Returns the only code that accepts it. */
    public int positiveCode() {
        return positiveCode;
    }

    /**
     * Returns the address that the text names; whether it may be used is for the caller to judge.
     *
     * @param text the argument of PORT or EPRT, or one line of a 227 or 229 reply without its code
     * @param controlPeer the address at the other end of the control connection, which EPSV means
     * @throws DataSyntaxException if the text does not name one, with the reply to the client
     */
    public InetSocketAddress parse(String text, InetAddress controlPeer) throws DataSyntaxException {
        return switch (this) {
            case PORT -> parsePort(text.strip());
            case EPRT -> parseEprt(text.strip());
            case PASV -> parsePasv(text);
            case EPSV -> parseEpsv(text, controlPeer);
        };
    }

    /**
     * Returns the argument (PORT, EPRT) or the reply's text (PASV, EPSV) that names the address.
     *
     * @throws IllegalArgumentException if the syntax is IPv4 only and the address is not
     */
    public String format(InetSocketAddress address) {
        return switch (this) {
            case PORT -> sixNumbers(address);
            case EPRT ->
                "|" + (IpLiteral.canonical(address.getAddress()) instanceof Inet6Address ? 2 : 1) + '|'
                        + IpLiteral.format(address.getAddress()) + '|' + address.getPort() + '|';
            case PASV -> "Entering Passive Mode (" + sixNumbers(address) + ").";
            case EPSV -> "Entering Extended Passive Mode (|||" + address.getPort() + "|)";
        };
    }

    /**
     * Returns the text of a server's reply to this passive verb with this address in place of the server's own. Where the
     * words around it are not plain, or could be taken for an address, it is {@link #format} instead.
     *
     * @param text a line of the reply that {@link #parse} understood
     */
    public String reword(String text, InetSocketAddress address) {
        Matcher tuple = (extended ? EXTENDED_REPLY : PASSIVE_TUPLE).matcher(text);
        if (!tuple.find()) {
            return format(address);
        }
        String before = text.substring(0, tuple.start());
        String after = text.substring(tuple.end());
        boolean plain = WORDS.matcher(before).matches() && PLAIN.matcher(after).matches();
        String port = extended ? "(|||" + address.getPort() + "|)" : '(' + sixNumbers(address) + ')';
        return plain ? before + port + after : format(address);
    }

    private static InetSocketAddress parsePort(String text) throws DataSyntaxException {
        Matcher six = SIX_EXACTLY.matcher(text);
        if (!six.matches()) {
            throw new DataSyntaxException(Replies.BAD_DATA_ADDRESS);
        }
        return fromSix(six, Replies.BAD_DATA_ADDRESS);
    }

    /** Six numbers somewhere in the text, since servers differ in what they put around them (RFC 1123 section 4.1.2.6). */
    private static InetSocketAddress parsePasv(String text) throws DataSyntaxException {
        Matcher run = SIX_OR_MORE.matcher(text);
        if (!run.find() || continuesBefore(text, run.start()) || continuesAfter(text, run.end())) {
            throw new DataSyntaxException(Replies.NO_DATA_CONNECTION);
        }
        Matcher six = SIX_SPACED.matcher(run.group());
        if (!six.matches()) {
            throw new DataSyntaxException(Replies.NO_DATA_CONNECTION);
        }
        return fromSix(six, Replies.NO_DATA_CONNECTION);
    }

    /** The first number is the end of something else: a word, an IPv6 address, a negative or broken number. */
    private static boolean continuesBefore(String text, int start) {
        return start > 0
                && (Character.isLetter(text.charAt(start - 1)) || ".:-+_".indexOf(text.charAt(start - 1)) >= 0);
    }

    /** The last number is the start of something else; a full stop may end the sentence, though. */
    private static boolean continuesAfter(String text, int end) {
        if (end == text.length()) {
            return false;
        }
        char next = text.charAt(end);
        boolean fraction = next == '.' && end + 1 < text.length() && Character.isDigit(text.charAt(end + 1));
        return Character.isLetter(next) || ":_".indexOf(next) >= 0 || fraction;
    }

    private static InetSocketAddress fromSix(Matcher six, FtpReply refusal) throws DataSyntaxException {
        int[] numbers = new int[6];
        for (int i = 0; i < 6; i++) {
            numbers[i] = number(six.group(i + 1), 255, refusal);
        }
        byte[] host = {(byte) numbers[0], (byte) numbers[1], (byte) numbers[2], (byte) numbers[3]};
        return new InetSocketAddress(IpLiteral.of(host), numbers[4] << 8 | numbers[5]);
    }

    private static InetSocketAddress parseEprt(String text) throws DataSyntaxException {
        if (text.isEmpty() || !text.substring(0, 1).matches(PRINTABLE_DELIMITER)) {
            throw new DataSyntaxException(Replies.BAD_DATA_ADDRESS);
        }
        String[] fields = text.split(Pattern.quote(text.substring(0, 1)), -1);
        if (fields.length != 5 || !fields[0].isEmpty() || !fields[4].isEmpty()) {
            throw new DataSyntaxException(Replies.BAD_DATA_ADDRESS);
        }
        int family = number(fields[1], 65535, Replies.BAD_DATA_ADDRESS);
        if (family != 1 && family != 2) {
            throw new DataSyntaxException(Replies.USE_IPV4_OR_IPV6);
        }
        InetAddress host = (family == 1 ? IpLiteral.parseIpv4(fields[2]) : IpLiteral.parseIpv6(fields[2]))
                .orElseThrow(() -> new DataSyntaxException(Replies.BAD_DATA_ADDRESS));
        return new InetSocketAddress(host, number(fields[3], 65535, Replies.BAD_DATA_ADDRESS));
    }

    private static InetSocketAddress parseEpsv(String text, InetAddress controlPeer) throws DataSyntaxException {
        Matcher matcher = EXTENDED_REPLY.matcher(text);
        if (!matcher.find()) {
            throw new DataSyntaxException(Replies.NO_DATA_CONNECTION);
        }
        return new InetSocketAddress(controlPeer, number(matcher.group(3), 65535, Replies.NO_DATA_CONNECTION));
    }

    private static int number(String digits, int largest, FtpReply refusal) throws DataSyntaxException {
        if (digits.length() > 5 || !Digits.only(digits) || Integer.parseInt(digits) > largest) {
            throw new DataSyntaxException(refusal);
        }
        return Integer.parseInt(digits);
    }

    private static String sixNumbers(InetSocketAddress address) {
        byte[] host = IpLiteral.canonical(address.getAddress()).getAddress();
        if (host.length != 4) {
            throw new IllegalArgumentException("PORT and PASV carry IPv4 only, not " + address);
        }
        int port = address.getPort();
        return (host[0] & 0xFF) + "," + (host[1] & 0xFF) + ',' + (host[2] & 0xFF) + ',' + (host[3] & 0xFF) + ','
                + (port >> 8) + ',' + (port & 0xFF);
    }
}
