package io.ftpalg.server.admin.api;

/** Receives what operators do; on any thread, and must not block. */
@FunctionalInterface
public interface ActionListener {

    /**
     * An operator did something, or tried to.
     *
     * @param action what
     * @param by who
     * @param target what it was done to; may be empty
     * @param result done or failed
     * @param detail what else is known; may be empty
     */
    void done(String action, String by, String target, String result, String detail);
}
