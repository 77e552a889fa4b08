package io.ftpalg.protocol;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Strict IP address literals: no names, no zones, no short or non-decimal forms, and never a lookup.
 *
 * <p>{@link InetAddress#getByName} reads {@code 127.1} and {@code 2130706433} as addresses and asks DNS for the rest; a
 * text from a peer must not get there.
 */
public final class IpLiteral {
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,8}");

    private IpLiteral() {}

    /** Returns the address if the text is an IPv4 or IPv6 literal (RFC 2428 section 2), else nothing. */
    public static Optional<InetAddress> parse(String text) {
        return text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text);
    }

    /** Returns the address if the text is four decimals of 0 to 255 without leading zeros, else nothing. */
    public static Optional<InetAddress> parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            boolean plain = part.length() <= 3 && Digits.only(part) && (part.length() == 1 || part.charAt(0) != '0');
            if (!plain || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            address[i] = (byte) Integer.parseInt(part);
        }
        return Optional.of(of(address));
    }

    /**
     * Returns the address if the text is an IPv6 literal without brackets and zone, else nothing. The JDK would take
     * groups of more than four digits, and leading zeros in an IPv4 tail, which others read as octal.
     */
    public static Optional<InetAddress> parseIpv6(String text) {
        int tail = text.lastIndexOf(':') + 1;
        boolean dotted = text.indexOf('.', tail) >= 0;
        String groups = dotted ? text.substring(0, tail) : text;
        if (!IPV6.matcher(groups).matches()
                || dotted && parseIpv4(text.substring(tail)).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName('[' + text + ']'));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Returns the address of 4 or 16 bytes; one mapped from IPv4 becomes the IPv4 address. */
    public static InetAddress of(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.length, e);
        }
    }

    /**
     * Returns the address as text: without a name, and without the zone of a link-local one; IPv6 as RFC 5952 has it, in
     * lower case, with {@code ::} for the first longest run of zeros. Some clients and servers refuse the long form.
     */
    public static String format(InetAddress address) {
        InetAddress canonical = canonical(address);
        return canonical instanceof Inet6Address ? formatIpv6(canonical.getAddress()) : canonical.getHostAddress();
    }

    /** Returns address and port as text: {@code 192.0.2.1:21} or {@code [2001:db8::1]:21}; a name as it is, if not resolved. */
    public static String format(InetSocketAddress address) {
        String host = address.isUnresolved() ? address.getHostString() : format(address.getAddress());
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + address.getPort();
    }

    private static String formatIpv6(byte[] address) {
        int[] groups = new int[address.length / 2];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (address[2 * i] & 0xFF) << 8 | address[2 * i + 1] & 0xFF;
        }
        int longest = 1;
        int from = groups.length;
        for (int i = 0; i < groups.length; i++) {
            int run = zeros(groups, i);
            if (run > longest) {
                longest = run;
                from = i;
            }
        }
        return from == groups.length
                ? hex(groups, 0, from)
                : hex(groups, 0, from) + "::" + hex(groups, from + longest, groups.length);
    }

    private static String hex(int[] groups, int from, int to) {
        return Arrays.stream(groups, from, to).mapToObj(Integer::toHexString).collect(Collectors.joining(":"));
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    /** Returns the address without zone, so that two addresses of one host compare equal. */
    public static InetAddress canonical(InetAddress address) {
        return of(address.getAddress());
    }

    /** Returns the same with its address without zone. */
    public static InetSocketAddress canonical(InetSocketAddress address) {
        return new InetSocketAddress(canonical(address.getAddress()), address.getPort());
    }

    /** Returns whether both are the same host: zones do not count, and IPv4 equals IPv4 mapped into IPv6. */
    public static boolean sameHost(InetAddress one, InetAddress other) {
        return canonical(one).equals(canonical(other));
    }
}
