package io.ftpalg.policy.inspect;

import java.io.IOException;

/** A {@link SpillFile} cannot hold bytes. Its message is the reason for the client, one line of printable ASCII. */
public final class SpillException extends IOException {
    private static final long serialVersionUID = 1;

    public SpillException(String reason) {
        super(reason);
    }
}
