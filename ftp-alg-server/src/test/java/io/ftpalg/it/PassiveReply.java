package io.ftpalg.it;

import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads 227 and 229 in their canonical form only, without the parser that is tested. Stateless. */
final class PassiveReply {
    private static final Pattern PASV =
            Pattern.compile("227 Entering Passive Mode \\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)\\.?");
    private static final Pattern EPSV = Pattern.compile("229 .*\\(\\|\\|\\|(\\d+)\\|\\).*");

    private PassiveReply() {}

    static InetSocketAddress address(String reply, InetAddress peer) {
        Matcher extended = EPSV.matcher(reply);
        if (extended.matches()) {
            return new InetSocketAddress(peer, Integer.parseInt(extended.group(1)));
        }
        Matcher six = PASV.matcher(reply);
        if (!six.matches()) {
            throw new AssertionError("not in canonical form: " + reply);
        }
        String host = six.group(1) + '.' + six.group(2) + '.' + six.group(3) + '.' + six.group(4);
        int port = Integer.parseInt(six.group(5)) * 256 + Integer.parseInt(six.group(6));
        return new InetSocketAddress(IpLiteral.parse(host).orElseThrow(), port);
    }
}
