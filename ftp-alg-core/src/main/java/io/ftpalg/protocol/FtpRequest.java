package io.ftpalg.protocol;

/**
 * One line that a client sent on the control connection: a command, or a line that is none.
 *
 * <p>Both travel the same way, so that the reply to a malformed line keeps its place among pipelined commands.
 */
public sealed interface FtpRequest permits FtpCommand, MalformedCommand {

    /** Returns about how many bytes the line took, for the limit on what a client may pipeline. */
    int size();
}
