package io.ftpalg.session.base;

/** How a way to agree a data port worked with a server. */
public enum SyntaxResult {
    /** The server agreed a port that could be reached. */
    WORKED,
    /** The server refused it, or its reply was unusable. */
    REFUSED,
    /** A timeout passed: the server never replied, or the port that it named could not be reached. */
    TIMED_OUT
}
