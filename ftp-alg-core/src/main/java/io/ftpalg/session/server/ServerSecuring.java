package io.ftpalg.session.server;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.Protection;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.base.SessionActions;
import java.util.Set;

/**
 * Brings the server's side under TLS, step by step (RFC 4217 sections 4 and 9). Used once, by the receiver of its outcome, which
 * hands it the server's replies.
 *
 * <pre>
 *  AUTH TLS -> handshake -> PBSZ 0 -> PROT P -> done            implicit: PBSZ 0 -> PROT -> done
 * </pre>
 *
 * <p>PBSZ and PROT are left out where data connections are in the clear and are to stay so; only implicit TLS implies PROT P,
 * and needs PROT C. A server may have no PBSZ and still accept PROT. What it refuses before the login may only be too early:
 * that is {@link Protection#postponeData postponed}, and sent again after the login.
 */
public final class ServerSecuring {
    /** Refusals that may mean "not before the login": not logged in, bad sequence, and unknown commands of some servers. */
    private static final Set<Integer> TOO_EARLY = Set.of(500, 502, 503, 530);

    /** Refusals of servers without PROT, so that their data connections are in the clear. */
    private static final Set<Integer> UNKNOWN = Set.of(500, 501, 502, 503, 504, 530);

    /** Receives the outcome, once. */
    public interface Outcome {
        /** All that was asked for is in force, or is postponed until after the login. */
        void onServerSecured();

        /** The server refuses a step; its connection continues as it was before that. */
        void onServerRefusesTls(String reason);
    }

    /** What the server's data connections are to be. */
    enum Data {
        /** Under TLS. */
        PRIVATE,
        /** In the clear, which is what they are without PROT. */
        CLEAR,
        /** In the clear, although implicit TLS implies PROT P. */
        CLEAR_AGAINST_IMPLICIT
    }

    private final SessionActions port;
    private final Protection protection;
    private final Data data;
    private final boolean beforeLogin;
    private final Outcome outcome;
    private final ReplyGatherer gatherer = new ReplyGatherer();
    private FtpVerb step = FtpVerb.AUTH;

    /**
     * Makes the dialogue; nothing is sent yet.
     *
     * @param protection what is in force with the server; changed with each step
     * @param beforeLogin whether the login is not accepted yet, so that a refusal may be due to that
     */
    ServerSecuring(SessionActions port, Protection protection, Data data, boolean beforeLogin, Outcome outcome) {
        this.port = port;
        this.protection = protection;
        this.data = data;
        this.beforeLogin = beforeLogin;
        this.outcome = outcome;
    }

    /** Takes the first step that is left; if none is, the outcome is there before this returns. */
    public void start() {
        if (protection.isSecured()) {
            agreeOnData();
        } else {
            send(FtpVerb.AUTH, "TLS");
        }
    }

    /** The handshake is done. */
    public void onHandshake() {
        agreeOnData();
    }

    public void onLine(ReplyLine line) {
        gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(this::onReply);
    }

    private void agreeOnData() {
        if (data == Data.CLEAR && !protection.isDataPrivate()) {
            agreed();
        } else if (protection.isBufferSizeAgreed()) {
            sendLevel();
        } else {
            send(FtpVerb.PBSZ, "0");
        }
    }

    private void sendLevel() {
        send(FtpVerb.PROT, data == Data.PRIVATE ? "P" : "C");
    }

    private void send(FtpVerb verb, String argument) {
        step = verb;
        port.toServer(FtpCommand.of(verb, argument));
    }

    private void onReply(FtpReply reply) {
        switch (step) {
            case AUTH -> {
                if (reply.code() == 234) {
                    port.startTls(Side.SERVER);
                } else {
                    refused(reply);
                }
            }
            case PBSZ -> {
                if (reply.isPositive()) {
                    protection.agreeBufferSize();
                }
                sendLevel();
            }
            default -> onLevel(reply);
        }
    }

    private void onLevel(FtpReply reply) {
        if (reply.isPositive()) {
            agreed();
        } else if (beforeLogin && TOO_EARLY.contains(reply.code())) {
            protection.postponeData();
            outcome.onServerSecured();
        } else if (data == Data.CLEAR_AGAINST_IMPLICIT
                && !protection.isDataPrivate()
                && UNKNOWN.contains(reply.code())) {
            agreed();
        } else {
            refused(reply);
        }
    }

    private void agreed() {
        protection.protectData(data == Data.PRIVATE);
        outcome.onServerSecured();
    }

    private void refused(FtpReply reply) {
        outcome.onServerRefusesTls("the server replied " + reply.code() + " to " + step);
    }
}
