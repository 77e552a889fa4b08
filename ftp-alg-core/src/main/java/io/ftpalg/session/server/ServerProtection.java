package io.ftpalg.session.server;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.policy.tls.TlsDetails;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.base.Protection;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.base.SessionLifecycle;
import io.ftpalg.session.base.SessionState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the server's side is protected, and how it gets there: as its route has it, and as its client is where it follows the
 * client. Owned by the {@link ServerConnection}.
 */
public final class ServerProtection {
    private final SessionActions port;
    private final SessionLifecycle lifecycle;
    private final Protection client;
    private final ServerChoice choice;
    private final Protection protection = new Protection();
    private @Nullable ServerSecuring securing;

    ServerProtection(SessionActions port, SessionLifecycle lifecycle, Protection client, ServerChoice choice) {
        this.port = port;
        this.lifecycle = lifecycle;
        this.client = client;
        this.choice = choice;
    }

    private ServerTls route() {
        return choice.server().tls();
    }

    // ---- getting there

    /** Returns whether the server must be under TLS before the client hears of it. */
    boolean isToBeSecured() {
        return switch (route().mode()) {
            case OFF -> false;
            case AUTO, REQUIRED -> true;
            case MIRROR -> route().implicit() || client.isSecured();
        };
    }

    /** Brings a server that has greeted under TLS; its lines come by {@link #onLine}. */
    void secure(ServerSecuring.Outcome outcome) {
        ServerSecuring dialogue = dialogue(client.isDataPrivate(), new ServerSecuring.Outcome() {
            @Override
            public void onServerSecured() {
                securing = null;
                outcome.onServerSecured();
            }

            @Override
            public void onServerRefusesTls(String reason) {
                securing = null;
                outcome.onServerRefusesTls(reason);
            }
        });
        securing = dialogue;
        dialogue.start();
    }

    /** Returns the dialogue that brings the server's side under TLS, its data as the route and the client have it. */
    public ServerSecuring dialogue(boolean clientWantsData, ServerSecuring.Outcome outcome) {
        boolean isPrivate =
                switch (route().data()) {
                    case PRIVATE -> true;
                    case MIRROR -> clientWantsData;
                    case CLEAR -> false;
                };
        ServerSecuring.Data data = isPrivate
                ? ServerSecuring.Data.PRIVATE
                : route().implicit() ? ServerSecuring.Data.CLEAR_AGAINST_IMPLICIT : ServerSecuring.Data.CLEAR;
        return new ServerSecuring(port, protection, data, lifecycle.state() != SessionState.READY, outcome);
    }

    /** Returns whether the login is accepted and the server refused before it what it may accept now. */
    public boolean isDataDue() {
        return lifecycle.state() == SessionState.READY && protection.isDataPostponed();
    }

    /** PBSZ and PROT are sent for the last time. */
    public void endPostponement() {
        protection.protectData(false);
    }

    void onLine(ReplyLine line) {
        if (securing != null) {
            securing.onLine(line);
        }
    }

    /** The control connection is under TLS, which has these properties. */
    public void onSecured(TlsDetails details) {
        protection.secure(details);
        Optional.ofNullable(securing).ifPresent(ServerSecuring::onHandshake);
    }

    /** The connection to the server ended: the outcome of securing it is no longer reported. */
    void giveUp() {
        securing = null;
    }

    /** There is another server, or none. */
    void reset() {
        protection.reset();
        securing = null;
    }

    // ---- what holds

    /** Returns the properties of TLS on the control connection; empty while it is in the clear. */
    public Optional<TlsDetails> details() {
        return protection.details();
    }

    public boolean isSecured() {
        return protection.isSecured();
    }

    public boolean isDataPrivate() {
        return protection.isDataPrivate();
    }

    /** Returns whether the server's side comes under TLS when the client's does. */
    public boolean followsClient() {
        return lifecycle.state().hasServer() && route().mode() == ServerTls.Mode.MIRROR && protection.isFresh();
    }

    /** Returns whether each PROT of the client is the server's too. */
    public boolean mirrorsData() {
        return lifecycle.state().hasServer() && protection.isSecured() && route().data() == ServerTls.Data.MIRROR;
    }

    /** Returns whether PROT P must be refused: it would end here without anybody having asked for that. */
    public boolean cannotProtectData() {
        return lifecycle.state().hasServer() && leavesDataClear() && !mirrorsData() && !protection.isDataPostponed();
    }

    /** Returns whether no data may pass in the clear, whatever the client has. */
    public boolean mustProtectData() {
        return route().mode() != ServerTls.Mode.AUTO
                && route().data() == ServerTls.Data.PRIVATE
                && protection.isSecured();
    }

    /** Returns whether data with the server is in the clear although the route asks for TLS. */
    public boolean leavesDataClear() {
        return route().mode() != ServerTls.Mode.OFF
                && route().data() != ServerTls.Data.CLEAR
                && !protection.isDataPrivate();
    }
}
