package io.ftpalg.protocol;

/**
 * The replies that the gateway makes itself; none of them repeats a byte that the client sent.
 *
 * <p>Their texts are 7-bit ASCII, and 4yz stands wherever a later try may work (RFC 1123 section 4.1.2.11).
 */
public final class Replies {
    public static final FtpReply GREETING = FtpReply.of(220, "FTP gateway ready; log in as user@host.");
    public static final FtpReply PLAIN_GREETING = FtpReply.of(220, "FTP gateway ready.");
    public static final FtpReply CONNECTED = FtpReply.of(220, "Connected; log in with USER and PASS.");
    public static final FtpReply HOST_OK = FtpReply.of(220, "Host accepted.");
    public static final FtpReply FORGOTTEN = FtpReply.of(220, "Ready for a new user.");
    public static final FtpReply GATEWAY_LOGIN_OK =
            FtpReply.of(230, "Logged in at the gateway; name your server, USER user@host.");
    public static final FtpReply CONNECTED_BY_LOGIN =
            FtpReply.of(230, "Logged in at the gateway and connected; log in with USER and PASS.");
    public static final FtpReply SERVER_WANTED = FtpReply.of(230, "Name your server, SITE host or OPEN host.");
    public static final FtpReply PASSWORD_WANTED = FtpReply.of(331, "Password required.");
    public static final FtpReply ACCOUNT_WANTED = FtpReply.of(332, "Account required: the password of the gateway.");
    public static final FtpReply GOODBYE = FtpReply.of(221, "Goodbye.");
    public static final FtpReply OK = FtpReply.of(200, "OK.");
    public static final FtpReply PORT_OK = FtpReply.of(200, "PORT command successful.");
    public static final FtpReply EPRT_OK = FtpReply.of(200, "EPRT command successful.");
    public static final FtpReply EPSV_ALL_OK = FtpReply.of(200, "EPSV ALL accepted.");
    public static final FtpReply SYSTEM = FtpReply.of(215, "UNIX Type: L8");
    public static final FtpReply HELP = FtpReply.of(214, "Log in with USER user@host and PASS.");
    public static final FtpReply ABORTED = FtpReply.of(226, "Abort successful.");

    public static final FtpReply PBSZ_OK = FtpReply.of(200, "PBSZ=0");
    public static final FtpReply PROT_C_OK = FtpReply.of(200, "Data connections are in the clear.");
    public static final FtpReply PROT_P_OK = FtpReply.of(200, "Data connections are under TLS.");
    public static final FtpReply CCC_OK = FtpReply.of(200, "Ending TLS on the control connection.");
    public static final FtpReply AUTH_OK = FtpReply.of(234, "Start TLS.");

    public static final FtpReply SERVICE_NOT_AVAILABLE = FtpReply.of(421, "Service not available.");
    public static final FtpReply SERVER_UNAVAILABLE = FtpReply.of(421, "The server is not available, try again later.");
    public static final FtpReply SERVER_TLS_FAILED = FtpReply.of(421, "TLS with the server failed.");
    public static final FtpReply SERVER_LOST = FtpReply.of(421, "The server closed the control connection.");
    public static final FtpReply SERVER_WITHOUT_DATA_TLS =
            FtpReply.of(421, "The server does not protect data connections by TLS.");
    public static final FtpReply SERVER_SILENT = FtpReply.of(421, "No reply from the server.");
    public static final FtpReply TOO_MANY_SESSIONS = FtpReply.of(421, "Too many connections, try again later.");
    public static final FtpReply NOT_REDIRECTED =
            FtpReply.of(421, "Connect to the address of your FTP server, not to this gateway.");
    public static final FtpReply TOO_MUCH_WAITING = FtpReply.of(421, "Too much is waiting, try again later.");
    public static final FtpReply IDLE = FtpReply.of(421, "Idle for too long.");
    public static final FtpReply REPLIES_UNREAD = FtpReply.of(421, "Replies were not read in time.");
    public static final FtpReply LOGIN_TOO_SLOW = FtpReply.of(421, "Login took too long.");
    public static final FtpReply LINE_TOO_SLOW = FtpReply.of(421, "A command line took too long.");
    public static final FtpReply TOO_MANY_ERRORS = FtpReply.of(421, "Too many bad commands.");
    public static final FtpReply TOO_MANY_LOGINS = FtpReply.of(421, "Too many failed logins.");
    public static final FtpReply SERVER_NOT_FTP = FtpReply.of(421, "The server does not use FTP.");
    public static final FtpReply TOO_MANY_REPLIES = FtpReply.of(421, "The server sends unsolicited replies.");
    public static final FtpReply ENDED_BY_OPERATOR = FtpReply.of(421, "The session was ended by the operator.");
    public static final FtpReply MAINTENANCE =
            FtpReply.of(421, "The gateway is closed for maintenance, try again later.");
    public static final FtpReply SHUTTING_DOWN = FtpReply.of(421, "The gateway is shutting down.");
    public static final FtpReply INTERNAL_ERROR = FtpReply.of(421, "Internal error in the gateway.");

    public static final FtpReply NO_DATA_PORT = FtpReply.of(425, "Use PORT or PASV first.");
    public static final FtpReply DATA_PORT_EXPIRED =
            FtpReply.of(425, "The data port has expired, use PORT or PASV again.");
    public static final FtpReply NO_DATA_CONNECTION = FtpReply.of(425, "Can't open data connection.");
    public static final FtpReply TRANSFER_ABORTED = FtpReply.of(426, "Connection closed; transfer aborted.");

    public static final FtpReply NOT_DECIDED =
            FtpReply.of(451, "The gateway could not decide on the command in time, try again later.");

    public static final FtpReply BAD_COMMAND = FtpReply.of(500, "Command not understood.");
    public static final FtpReply LINE_TOO_LONG = FtpReply.of(500, "Command line too long.");
    public static final FtpReply EPSV_ALL_IN_FORCE = FtpReply.of(500, "Not allowed after EPSV ALL.");
    public static final FtpReply BAD_ARGUMENT = FtpReply.of(501, "Bad argument.");
    public static final FtpReply BAD_DATA_ADDRESS = FtpReply.of(501, "Data address not allowed.");
    public static final FtpReply NO_IPV4_ADDRESS = FtpReply.of(501, "No IPv4 address here, use EPSV.");
    public static final FtpReply NOT_ALLOWED = FtpReply.of(502, "Command not allowed.");
    public static final FtpReply NO_TLS = FtpReply.of(502, "TLS is not available.");
    public static final FtpReply ALREADY_UNDER_TLS = FtpReply.of(503, "TLS was started before.");
    public static final FtpReply USER_FIRST = FtpReply.of(503, "Log in with USER first.");
    public static final FtpReply PASSWORD_FIRST = FtpReply.of(503, "Send PASS first.");
    public static final FtpReply RNFR_FIRST = FtpReply.of(503, "Send RNFR first.");
    public static final FtpReply AUTH_FIRST = FtpReply.of(503, "Send AUTH first.");
    public static final FtpReply HOST_TOO_LATE = FtpReply.of(503, "HOST comes before USER.");
    public static final FtpReply HOST_UNKNOWN = FtpReply.of(504, "No such host here.");
    public static final FtpReply AUTH_UNKNOWN = FtpReply.of(504, "Only AUTH TLS is supported.");
    public static final FtpReply PROT_UNKNOWN = FtpReply.of(504, "PROT takes C or P.");
    public static final FtpReply BAD_DATA_PORT = FtpReply.of(504, "Data ports below 1024 are not allowed.");
    public static final FtpReply WHOLE_FILES_ONLY =
            FtpReply.of(504, "Files are inspected here, and are transferred whole only.");
    public static final FtpReply BAD_PARAMETER = FtpReply.of(504, "Parameter not supported.");
    public static final FtpReply DATA_TLS_DEMANDED =
            FtpReply.of(521, "Data connections must be under TLS, use PROT P.");
    public static final FtpReply SERVER_DATA_CLEAR =
            FtpReply.of(521, "The server's data connections cannot be under TLS.");
    public static final FtpReply DATA_TLS_FAILED =
            FtpReply.of(522, "TLS failed on the data connection, or did not resume the required session.");
    public static final FtpReply UPLOAD_OVER_LIMIT = FtpReply.of(552, "Transfer cut: more bytes than allowed.");
    public static final FtpReply DOWNLOAD_OVER_LIMIT = FtpReply.of(451, "Transfer cut: more bytes than allowed.");
    public static final FtpReply USE_IPV4_OR_IPV6 = FtpReply.of(522, "Network protocol not supported, use (1,2)");
    public static final FtpReply USE_IPV4 = FtpReply.of(522, "Network protocol not supported, use (1)");
    public static final FtpReply USE_IPV6 = FtpReply.of(522, "Network protocol not supported, use (2)");
    public static final FtpReply NOT_LOGGED_IN = FtpReply.of(530, "Log in with USER user@host and PASS.");
    public static final FtpReply LOG_IN_FIRST = FtpReply.of(530, "Log in with USER and PASS.");
    public static final FtpReply SERVER_FIRST =
            FtpReply.of(530, "Name your server first: USER user@host, SITE host or OPEN host.");
    public static final FtpReply LOGIN_INCORRECT = FtpReply.of(530, "Login incorrect.");
    public static final FtpReply ANONYMOUS_ONLY = FtpReply.of(530, "Only anonymous logins are allowed here.");
    public static final FtpReply TLS_DEMANDED = FtpReply.of(530, "Log in under TLS, use AUTH TLS first.");
    public static final FtpReply NOT_UNDER_TLS = FtpReply.of(533, "Not under TLS.");
    public static final FtpReply AUTH_DENIED = FtpReply.of(534, "TLS is not allowed here.");
    public static final FtpReply CCC_DENIED = FtpReply.of(534, "The control connection stays under TLS.");
    public static final FtpReply PROT_DENIED = FtpReply.of(534, "This protection of data is not allowed.");
    public static final FtpReply SERVER_WITHOUT_TLS = FtpReply.of(534, "The server cannot be reached under TLS.");
    public static final FtpReply PROT_UNSUPPORTED = FtpReply.of(536, "PROT S and E do not exist in TLS.");

    private Replies() {}
}
