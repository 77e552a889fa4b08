package io.ftpalg.session;

/** What the tests of logins have in common: how they begin, and what the server is told in the end. */
public final class Logins {
    public static final String LOGIN_AT_SERVER = """
            C> USER joe
            S< USER joe
            S> 331 password?
            C< 331 password?
            C> PASS secret
            S< PASS secret
            S> 230 welcome
            C< 230 welcome
            """;
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

    public static final String LOGGED_IN_AT_THE_GATEWAY = """
            C> USER fw
            C< 331 Password required.
            C> PASS fwpass
            ! authenticate fw fwpass
            . authenticated fw
            C< 230 Logged in at the gateway; name your server, USER user@host.
            """;

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
        return Playbook.cast().withUsers().begin().play("""
                . start
                C< 220 FTP gateway ready.
                """);
    }

    private Logins() {}
}
