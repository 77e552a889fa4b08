package io.ftpalg.session;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;

/**
 * Brings the server's side under TLS, step by step (RFC 4217 sections 4 and 9). Used once, by whoever hears its outcome and
 * hands it the server's replies.
 *
 * <pre>
 *  AUTH TLS -> handshake -> PBSZ 0 -> PROT P -> done            implicit: PBSZ 0 -> PROT -> done
 * </pre>
 */
final class ServerSecuring {

    /** Hears the outcome, once. */
    interface Outcome {
        /** All that was wished for is in force. */
        void onServerSecured();

        /** The server refuses a step; its connection goes on as it was before that. */
        void onServerRefusesTls(String reason);
    }

    private final SessionPort port;
    private final Protection protection;
    private final boolean privateData;
    private final Outcome outcome;
    private final ReplyGatherer gatherer = new ReplyGatherer();
    private FtpVerb step = FtpVerb.AUTH;

    /**
     * Makes the dialogue; nothing is sent yet.
     *
     * @param protection what is in force with the server; changed with each step
     * @param privateData whether data connections are to be under TLS
     */
    ServerSecuring(SessionPort port, Protection protection, boolean privateData, Outcome outcome) {
        this.port = port;
        this.protection = protection;
        this.privateData = privateData;
        this.outcome = outcome;
    }

    /** Takes the first step that is left. */
    void start() {
        if (protection.isSecured()) {
            agreeOnData();
        } else {
            send(FtpVerb.AUTH, "TLS");
        }
    }

    /** The handshake is done. */
    void onHandshake() {
        agreeOnData();
    }

    void onLine(ReplyLine line) {
        gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(this::onReply);
    }

    private void agreeOnData() {
        if (protection.isBufferSizeAgreed()) {
            send(FtpVerb.PROT, privateData ? "P" : "C");
        } else {
            send(FtpVerb.PBSZ, "0");
        }
    }

    private void send(FtpVerb verb, String argument) {
        step = verb;
        port.toServer(FtpCommand.of(verb, argument));
    }

    private void onReply(FtpReply reply) {
        boolean accepted = step == FtpVerb.AUTH ? reply.code() == 234 : reply.isPositive();
        if (!accepted) {
            outcome.onServerRefusesTls("the server answers " + step + " with " + reply.code());
        } else if (step == FtpVerb.AUTH) {
            port.startTls(Side.SERVER);
        } else if (step == FtpVerb.PBSZ) {
            protection.agreeBufferSize();
            agreeOnData();
        } else {
            protection.protectData(privateData);
            outcome.onServerSecured();
        }
    }
}
