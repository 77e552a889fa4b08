package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * An FTP server that is all talk. Honest, it answers each command once and in order, with the command's argument in the
 * text; hostile, it says whatever comes to its mind.
 */
final class ModelServer {
    private static final int[] CODES = {
        110, 120, 125, 150, 200, 211, 213, 220, 221, 225, 226, 227, 229, 230, 250, 299, 331, 350, 425, 426, 450, 451,
        500, 501, 502, 504, 530, 550, 552, 633
    };

    private final Random random;
    private final Deque<FtpCommand> unanswered = new ArrayDeque<>();
    private final List<FtpCommand> heard = new ArrayList<>();
    private boolean greets;
    private boolean marked;
    private int openReply;

    ModelServer(Random random) {
        this.random = random;
    }

    /** Returns all that it ever heard. */
    List<FtpCommand> heard() {
        return heard;
    }

    void connected() {
        unanswered.clear();
        greets = true;
        marked = false;
        openReply = 0;
    }

    void hear(FtpCommand command) {
        heard.add(command);
        unanswered.add(command);
    }

    /** Tells whether an honest server would say something now. */
    boolean hasToSpeak() {
        return greets || !unanswered.isEmpty();
    }

    /** Returns the lines that it says next, as it should. */
    List<ReplyLine> honest() {
        if (greets) {
            greets = false;
            return random.nextInt(6) == 0 ? reply(120, "soon", only(220, "ready")) : List.of(only(220, "ready"));
        }
        FtpCommand command = unanswered.element();
        if (command.verb().transfers()) {
            return transfer(command);
        }
        unanswered.remove();
        String text = "t" + command.argument();
        return switch (command.verb()) {
            case USER -> List.of(only(331, text));
            case PASS -> List.of(random.nextInt(3) == 0 ? only(530, text) : only(230, text));
            case PASV -> List.of(refuses() ? only(502, "no") : only(227, "=127,0,0,2,200,10"));
            case EPSV -> List.of(refuses() ? only(500, "no") : only(229, "ok (|||51210|)"));
            case PORT, EPRT -> List.of(refuses() ? only(500, "no") : only(200, "ok"));
            case AUTH -> List.of(refuses() ? only(502, text) : only(234, text));
            case PBSZ -> List.of(only(200, text));
            case PROT -> List.of(random.nextInt(8) == 0 ? only(534, text) : only(200, text));
            case REIN -> List.of(refuses() ? only(502, text) : only(220, text));
            case QUIT -> List.of(only(221, text));
            case STAT ->
                List.of(
                        new ReplyLine(211, ReplyLine.Position.FIRST, "status"),
                        new ReplyLine(211, ReplyLine.Position.MIDDLE, "226 not the end"),
                        new ReplyLine(211, ReplyLine.Position.LAST, text));
            default -> List.of(only(random.nextInt(4) == 0 ? 500 : 200, text));
        };
    }

    private boolean refuses() {
        return random.nextInt(4) == 0;
    }

    private List<ReplyLine> transfer(FtpCommand command) {
        String text = "t" + command.argument();
        if (!marked && random.nextInt(5) > 0) {
            marked = true;
            return List.of(only(150, "here"));
        }
        boolean aborted = unanswered.stream().anyMatch(c -> c.verb() == FtpVerb.ABOR);
        int code = !marked ? 550 : aborted || random.nextInt(6) == 0 ? 426 : 226;
        unanswered.remove();
        marked = false;
        return List.of(only(code, text));
    }

    private static List<ReplyLine> reply(int code, String text, ReplyLine then) {
        return List.of(only(code, text), then);
    }

    private static ReplyLine only(int code, String text) {
        return new ReplyLine(code, ReplyLine.Position.ONLY, text);
    }

    /** Returns a line that it should not say; each is a legal line where it stands. */
    ReplyLine hostile() {
        if (openReply != 0) {
            int code = openReply;
            if (random.nextInt(3) > 0) {
                return new ReplyLine(
                        code, ReplyLine.Position.MIDDLE, (code == 227 ? "226" : "227") + " =1,2,3,4,200,5");
            }
            openReply = 0;
            return new ReplyLine(code, ReplyLine.Position.LAST, "227 =1,2,3,4,5,6");
        }
        int code = random.nextInt(60) == 0 ? 421 : CODES[random.nextInt(CODES.length)];
        greets = false;
        if (random.nextInt(6) == 0) {
            openReply = code;
            return new ReplyLine(code, ReplyLine.Position.FIRST, "first");
        }
        return only(code, "=1,2,3,4,200,6 (|||51210|)");
    }

    /** Tells whether it is in the middle of a reply. */
    boolean inReply() {
        return openReply != 0;
    }
}
