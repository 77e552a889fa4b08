package io.ftpalg.session;

/** What the tests of logins have in common: how they begin, and what is sent to the server in the end. */
public final class Logins {
    /** The server has received USER joe, and waits for the password. */
    public static final String ASKED_FOR_THE_PASSWORD = """
            C> USER joe
            S< USER joe
            S> 331 password?
            C< 331 password?
            """;

    /** The server has received the password, and accepted the login. */
    public static final String PASSWORD_ACCEPTED = """
            C> PASS secret
            S< PASS secret
            S> 230 welcome
            C< 230 welcome
            """;

    public static final String LOGIN_AT_SERVER = ASKED_FOR_THE_PASSWORD + PASSWORD_ACCEPTED;
    public static final String LOGGED_IN_BY_THE_GATEWAY = """
            ! connect
            . server-connected
            S> 220 ready
            S< USER joe
            S> 331 password?
            S< PASS secret
            S> 230-welcome
            C< 230-welcome
            S> 230 to you
            C< 230 to you
            ~
            """;

    public static final String LOGGED_IN_AT_THE_GATEWAY = authenticatedByTheGateway("fw", "fwpass") + """
            C< 230 Logged in at the gateway; name your server, USER user@host.
            """;

    /** The server that a client named together with its login at the gateway (USER user@gateway-user@host) has received USER joe. */
    public static final String JOINED_LOGIN = """
            C> USER joe@fw@ftp.example
            C< 331 Password required.
            C> PASS secret@fwpass
            ! authenticate fw fwpass
            . authenticated fw
            """ + greetedFor("joe@ftp.example") + """
            S< USER joe
            """;

    /** The gateway has checked the password of one of its own users, and has not replied. */
    public static String authenticatedByTheGateway(String user, String password) {
        return """
            C> USER %1$s
            C< 331 Password required.
            C> PASS %2$s
            ! authenticate %1$s %2$s
            . authenticated %1$s
            """.formatted(user, password);
    }

    /** The server for this login (joe, joe@ftp.example, @ftp.example) has greeted the gateway, and received nothing. */
    public static String greetedFor(String login) {
        return """
            ! route %s
            . route
            ! connect
            . server-connected
            S> 220 ready
            """.formatted(login);
    }

    /** The client named this server before its login, and may now log in there. */
    public static String connectedTo(String server) {
        return greetedFor("@" + server) + """
            C< 220 Connected; log in with USER and PASS.
            """;
    }

    public static Playbook forward() {
        return greeted(Playbook.cast().forward());
    }

    public static Playbook forwardWithUsers() {
        return greeted(Playbook.cast().forward().withUsers());
    }

    public static Playbook greeted(Playbook.Cast cast) {
        return cast.begin().play("""
                . start
                C< 220 FTP gateway ready; log in as user@host.
                """);
    }

    /** Returns a gateway with users of its own, whose routes need no server's name. */
    public static Playbook alone() {
        return alone(Playbook.cast().withUsers());
    }

    /** Returns a gateway whose routes need no server's name, but a login. */
    public static Playbook alone(Playbook.Cast cast) {
        return cast.begin().play("""
                . start
                C< 220 FTP gateway ready.
                """);
    }

    private Logins() {}
}
