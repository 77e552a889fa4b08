package io.ftpalg.session.server;

import io.ftpalg.policy.route.FtpProxy;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A login at an FTP proxy, as the client of its dialect sends it (RFC 1919 section 3.1). Immutable. */
final class FtpProxyLogin {
    private final FtpProxy proxy;
    private final String host;

    FtpProxyLogin(FtpProxy proxy, HostPort server) {
        this.proxy = proxy;
        String text = server.toString();
        this.host = server.port() == HostPort.DEFAULT_PORT ? text.substring(0, text.lastIndexOf(':')) : text;
    }

    /** Returns what is sent before the client's login. */
    List<FtpCommand> before() {
        return switch (proxy.dialect()) {
            case USER_AT_HOST -> ownLogin(user());
            case SITE -> and(ownLogin(user()), FtpCommand.of(FtpVerb.SITE, host));
            case OPEN -> and(ownLogin(user()), FtpCommand.of(FtpVerb.OPEN, host));
            case PROXY_USER_AT_HOST -> ownLogin(user() + '@' + host);
            case JOINED, ACCOUNT, USER_AT_PROXY_USER -> List.of();
        };
    }

    private List<FtpCommand> ownLogin(String name) {
        return proxy.user().isEmpty()
                ? List.of()
                : List.of(
                        FtpCommand.withArgument(FtpVerb.USER, name), FtpCommand.withArgument(FtpVerb.PASS, password()));
    }

    private static List<FtpCommand> and(List<FtpCommand> first, FtpCommand last) {
        List<FtpCommand> all = new ArrayList<>(first);
        all.add(last);
        return all;
    }

    private String user() {
        return proxy.user().orElse("");
    }

    private String password() {
        return proxy.password().map(Secret::reveal).orElse("");
    }

    /** Returns what is sent in place of the client's USER or PASS; all else is sent as it is. */
    FtpCommand translate(FtpCommand command) {
        if (command.verb() == FtpVerb.USER) {
            return FtpCommand.withArgument(FtpVerb.USER, command.argument() + userSuffix());
        }
        return command.verb() == FtpVerb.PASS
                ? FtpCommand.withArgument(FtpVerb.PASS, command.argument() + passwordSuffix())
                : command;
    }

    private String userSuffix() {
        return switch (proxy.dialect()) {
            case USER_AT_HOST -> '@' + host;
            case JOINED -> '@' + user() + '@' + host;
            case ACCOUNT -> '@' + host + ' ' + user();
            case USER_AT_PROXY_USER -> '@' + user();
            case SITE, OPEN, PROXY_USER_AT_HOST -> "";
        };
    }

    private String passwordSuffix() {
        return switch (proxy.dialect()) {
            case JOINED, USER_AT_PROXY_USER -> '@' + password();
            case USER_AT_HOST, SITE, OPEN, PROXY_USER_AT_HOST, ACCOUNT -> "";
        };
    }

    /** Returns the reply to a proxy that wants its own password by ACCT (332), if the dialect has that. */
    Optional<FtpCommand> account() {
        return switch (proxy.dialect()) {
            case ACCOUNT -> Optional.of(FtpCommand.withArgument(FtpVerb.ACCT, password()));
            case USER_AT_HOST, SITE, OPEN, JOINED, PROXY_USER_AT_HOST, USER_AT_PROXY_USER -> Optional.empty();
        };
    }
}
