package io.ftpalg.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * The Telnet layer below the lines (RFC 854, RFC 1123 section 3.2); belongs to one {@link FtpLineDecoder}, and
 * remembers across reads.
 *
 * <p>Gives back data and swallows the rest. Each option is refused, up to a number of them: {@code WILL} with
 * {@code DONT}, {@code DO} with {@code WONT}. A refusal is written to the peer at once and flushed by {@link #flush}.
 *
 * <pre>
 *   DATA --IAC--> COMMAND --WILL, WONT, DO, DONT--> OPTION --any--> DATA
 *                    |----SB--> SUBNEGOTIATION --IAC--> SUBNEGOTIATION_COMMAND --SE--> DATA
 *                    `----any other--> DATA
 * </pre>
 */
final class TelnetInput {
    static final int NOTHING = -1;
    static final int IAC = 255;

    /** Far more than any option that an FTP peer could mean to negotiate. */
    static final int MAX_SUBNEGOTIATION = 512;

    /** The first byte that is a command behind an IAC (RFC 854); what is below was meant as data. */
    static final int FIRST_COMMAND = 240;

    private static final int SE = 240;
    private static final int SB = 250;
    private static final int WILL = 251;
    private static final int WONT = 252;
    private static final int DO = 253;
    private static final int DONT = 254;
    private static final int NO_ANSWER = 0;

    private enum State {
        DATA,
        COMMAND,
        OPTION,
        SUBNEGOTIATION,
        SUBNEGOTIATION_COMMAND
    }

    private State state = State.DATA;
    private int answer = NO_ANSWER;
    private int held;
    private int answersLeft;
    private boolean unflushed;

    TelnetInput(int maxAnswers) {
        answersLeft = maxAnswers;
    }

    /** Takes the next byte; returns a byte of data, or {@link #NOTHING}. */
    int take(ChannelHandlerContext ctx, int b) {
        if (state == State.DATA && b != IAC) {
            return b;
        }
        int data = step(ctx, b);
        held = state == State.DATA ? 0 : held + 1;
        return data;
    }

    private int step(ChannelHandlerContext ctx, int b) {
        switch (state) {
            case DATA -> state = State.COMMAND;
            case COMMAND -> {
                return command(b);
            }
            case OPTION -> {
                answer(ctx, b);
                state = State.DATA;
            }
            case SUBNEGOTIATION -> state = nextInside(b == IAC ? State.SUBNEGOTIATION_COMMAND : State.SUBNEGOTIATION);
            case SUBNEGOTIATION_COMMAND -> state = nextInside(b == SE ? State.DATA : State.SUBNEGOTIATION);
        }
        return NOTHING;
    }

    private int command(int b) {
        state = switch (b) {
            case WILL, DO, WONT, DONT -> State.OPTION;
            case SB -> State.SUBNEGOTIATION;
            default -> State.DATA;
        };
        answer = b == WILL ? DONT : b == DO ? WONT : NO_ANSWER;
        return b == IAC || b < FIRST_COMMAND ? b : NOTHING;
    }

    /** Held are IAC, SB and all that was skipped, but for the byte at hand. A sequence without end is bounded by that. */
    private State nextInside(State next) {
        return held - 1 >= MAX_SUBNEGOTIATION ? State.DATA : next;
    }

    private void answer(ChannelHandlerContext ctx, int option) {
        if (answer == NO_ANSWER || answersLeft == 0) {
            return;
        }
        answersLeft--;
        ByteBuf refusal = ctx.alloc().buffer(3).writeByte(IAC).writeByte(answer).writeByte(option);
        var unused = ctx.write(refusal); // fails only with the connection, which is noticed elsewhere
        unflushed = true;
    }

    /** Flushes the refusals, if there are any. */
    void flush(ChannelHandlerContext ctx) {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
    }

    /** Returns how many bytes of an unfinished Telnet sequence were received. */
    int held() {
        return held;
    }

    /** Discards an unfinished sequence; refusals sent stay counted. */
    void reset() {
        state = State.DATA;
        held = 0;
    }
}
