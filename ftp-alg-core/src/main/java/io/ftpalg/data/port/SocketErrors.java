package io.ftpalg.data.port;

import io.netty.channel.ConnectTimeoutException;
import java.util.regex.Pattern;

/** Reads the error of a failed system call on a socket out of what Netty and the JDK make of it. Stateless. */
public final class SocketErrors {
    /** What Netty puts before the error, such as {@code finishConnect(..) failed with error(-111): }. */
    private static final Pattern CALL = Pattern.compile("^[^:]*\\(\\.\\.\\) failed[^:]*: ");
    /** What Netty puts behind it: the address that was connected to. */
    private static final Pattern ADDRESS = Pattern.compile(": [^ ]*/[^ ]*$");

    private SocketErrors() {}

    /** Returns the message of the first failure of this chain, which names the error of the system. */
    public static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Returns the error in words, such as {@code connection refused}: without system call and address, on every transport. */
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        if (failure instanceof ConnectTimeoutException) {
            return "connection timed out";
        }
        if (message == null || message.isEmpty()) {
            return failure.getClass().getSimpleName();
        }
        String error = ADDRESS.matcher(CALL.matcher(message).replaceFirst("")).replaceFirst("");
        boolean word = error.length() > 1 && Character.isLowerCase(error.charAt(1));
        return word ? Character.toLowerCase(error.charAt(0)) + error.substring(1) : error;
    }
}
