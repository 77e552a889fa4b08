package io.ftpalg.server.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The listening sockets that a service manager passes, as sd_listen_fds(3) has it. Stateless.
 */
public final class PassedDescriptors {
    private static final int FIRST = 3;
    /** More than one service has, and few enough for the process. */
    private static final int MOST = 1024;

    private PassedDescriptors() {}

    /**
     * Returns the descriptors that this environment passes to the process of this number; none if it passes none, or to another.
     *
     * @throws IllegalArgumentException if the environment has no number where one is expected; the message says which
     */
    public static List<Integer> of(Function<String, Optional<String>> environment, long process) {
        Optional<String> to = environment.apply("LISTEN_PID");
        if (to.isEmpty() || number("LISTEN_PID", to.get(), Long.MAX_VALUE) != process) {
            return List.of();
        }
        long count = number("LISTEN_FDS", environment.apply("LISTEN_FDS").orElse("0"), MOST);
        List<Integer> descriptors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            descriptors.add(FIRST + i);
        }
        return descriptors;
    }

    private static long number(String variable, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException(variable + " '" + text + "': expected a number of at most " + most);
    }
}
