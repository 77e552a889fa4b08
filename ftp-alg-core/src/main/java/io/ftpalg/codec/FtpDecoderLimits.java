package io.ftpalg.codec;

/**
 * How much the decoders of a control connection keep of what a peer sends. Immutable; {@link #DEFAULT} suits peers on the open
 * Internet.
 *
 * @param commandLine bytes of a command line without its end, at least 1 (RFC 959 gives none)
 * @param replyLine bytes of a reply line without its end, at least 4, so that a cut line never looks like the end of a reply
 * @param replyLines lines of one reply, at least 1, though its first and last always pass
 * @param replyBytes bytes of one reply's texts, at least 1, though its first and last always pass
 * @param telnetOptions Telnet options that are refused by a reply (RFC 854), at least 0
 */
public record FtpDecoderLimits(int commandLine, int replyLine, int replyLines, int replyBytes, int telnetOptions) {
    /** The limits of a gateway by default. */
    public static final FtpDecoderLimits DEFAULT = new FtpDecoderLimits(8192, 16384, 10_000, 1 << 20, 32);

    /** Checks the limits. */
    public FtpDecoderLimits {
        FtpLineDecoder.requireAtLeast(1, commandLine, "commandLine");
        FtpLineDecoder.requireAtLeast(4, replyLine, "replyLine");
        FtpLineDecoder.requireAtLeast(1, replyLines, "replyLines");
        FtpLineDecoder.requireAtLeast(1, replyBytes, "replyBytes");
        FtpLineDecoder.requireAtLeast(0, telnetOptions, "telnetOptions");
    }

    /** Returns the same with command lines of at most this many bytes. */
    public FtpDecoderLimits withCommandLine(int bytes) {
        return new FtpDecoderLimits(bytes, replyLine, replyLines, replyBytes, telnetOptions);
    }

    /** Returns the same with reply lines of at most this many bytes. */
    public FtpDecoderLimits withReplyLine(int bytes) {
        return new FtpDecoderLimits(commandLine, bytes, replyLines, replyBytes, telnetOptions);
    }

    /** Returns the same with replies of at most this many lines. */
    public FtpDecoderLimits withReplyLines(int lines) {
        return new FtpDecoderLimits(commandLine, replyLine, lines, replyBytes, telnetOptions);
    }

    /** Returns the same with replies of at most this many bytes. */
    public FtpDecoderLimits withReplyBytes(int bytes) {
        return new FtpDecoderLimits(commandLine, replyLine, replyLines, bytes, telnetOptions);
    }

    /** Returns the same with at most this many replies to Telnet options. */
    public FtpDecoderLimits withTelnetOptions(int options) {
        return new FtpDecoderLimits(commandLine, replyLine, replyLines, replyBytes, options);
    }
}
