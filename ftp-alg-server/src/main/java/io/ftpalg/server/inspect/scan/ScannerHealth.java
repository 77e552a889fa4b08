package io.ftpalg.server.inspect.scan;

import io.ftpalg.policy.inspect.InspectionVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a scanner replies to its health checks; logs when that changes. Changed on its event loop, read on any thread. */
public final class ScannerHealth {
    private static final Logger logger = LoggerFactory.getLogger(ScannerHealth.class);

    private final String scanner;
    private volatile State state = State.UNKNOWN;

    private enum State {
        UNKNOWN,
        REACHABLE,
        UNREACHABLE
    }

    /**
     * Makes one.
     *
     * @param scanner the scanner, as the config file has it
     */
    public ScannerHealth(String scanner) {
        this.scanner = scanner;
    }

    public String scanner() {
        return scanner;
    }

    /** Returns whether it is not known to be unreachable. */
    public boolean up() {
        return state != State.UNREACHABLE;
    }

    public void reachable() {
        if (state != State.REACHABLE) {
            state = State.REACHABLE;
            logger.info("scanner reachable scanner={}", scanner);
        }
    }

    /** It does not reply as it should. */
    public void unreachable(String reason) {
        if (state != State.UNREACHABLE) {
            state = State.UNREACHABLE;
            logger.warn("scanner unreachable scanner={} detail=\"{}\"", scanner, reason);
        }
    }

    /** Logs that a file was not scanned; not each of those that come while the scanner is unreachable. */
    public void failed(InspectionVerdict verdict, String reason) {
        boolean passed = verdict == InspectionVerdict.PASS;
        if (up()) {
            logger.warn("virus scan failed passed={} detail=\"{}\"", passed, reason);
        } else {
            logger.debug("virus scan failed passed={} detail=\"{}\"", passed, reason);
        }
    }
}
