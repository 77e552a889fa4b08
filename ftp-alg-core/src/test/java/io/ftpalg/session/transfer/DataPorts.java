package io.ftpalg.session.transfer;

/** Scripts that agree on data ports, for a client that is logged in. */
public final class DataPorts {
    public static final String AGREED_BY_PASV = """
            C> PASV
            S< PASV
            S> 227 Entering Passive Mode (127,0,0,2,200,10).
            ! dial SERVER 127.0.0.2 51210
            . connected SERVER
            ! listen CLIENT
            . listening CLIENT 50001
            C< 227 Entering Passive Mode (127,0,0,3,195,81).
            """;

    public static final String AGREED_BY_EPSV = """
            C> EPSV
            S< EPSV
            S> 229 (|||51210|)
            ! dial SERVER 127.0.0.2 51210
            . connected SERVER
            ! listen CLIENT
            . listening CLIENT 50001
            C< 229 Entering Extended Passive Mode (|||50001|)
            """;

    public static final String AGREED_BY_PORT = """
            C> PORT 127,0,0,1,200,10
            ! listen SERVER
            . listening SERVER 51211
            S< PORT 127,0,0,3,200,11
            S> 200 ok
            C< 200 PORT command successful.
            """;

    /** The client connects to the gateway, and so does the server ({@link io.ftpalg.policy.route.ServerDataMode#ACTIVE}). */
    public static final String AGREED_WITH_AN_ACTIVE_SERVER = """
            C> PASV
            ! listen SERVER
            . listening SERVER 51211
            S< PORT 127,0,0,3,200,11
            S> 200 ok
            ! listen CLIENT
            . listening CLIENT 50001
            C< 227 Entering Passive Mode (127,0,0,3,195,81).
            """;

    /** The server's port is known, and not dialled yet ({@link io.ftpalg.policy.DataConnect#LATE}). */
    public static final String AGREED_WITHOUT_DIALLING = """
            C> PASV
            S< PASV
            S> 227 =127,0,0,2,200,10
            ! listen CLIENT
            . listening CLIENT 50001
            C< 227 Entering Passive Mode (127,0,0,3,195,81).
            """;

    private DataPorts() {}
}
