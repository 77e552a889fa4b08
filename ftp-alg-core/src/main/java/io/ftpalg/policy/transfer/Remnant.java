package io.ftpalg.policy.transfer;

/** How a file is handled that an upload left at the server, which an inspection or a limit cut. */
public enum Remnant {
    /** It stays as the server has it. */
    KEEP,
    /**
     * The gateway sends {@code DELE} once the server has replied to the upload, and the client gets its reply after that. Not to what
     * {@code APPE} or {@code REST} added to, nor where the server gave the file a name that its reply does not have.
     */
    DELETE
}
