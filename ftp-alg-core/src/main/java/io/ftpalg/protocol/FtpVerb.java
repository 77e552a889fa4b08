package io.ftpalg.protocol;

import static io.ftpalg.protocol.FtpVerb.Trait.DATA_PORT;
import static io.ftpalg.protocol.FtpVerb.Trait.DOWNLOAD;
import static io.ftpalg.protocol.FtpVerb.Trait.LOGIN;
import static io.ftpalg.protocol.FtpVerb.Trait.REFUSED;
import static io.ftpalg.protocol.FtpVerb.Trait.SECRET;
import static io.ftpalg.protocol.FtpVerb.Trait.SECURITY;
import static io.ftpalg.protocol.FtpVerb.Trait.UPLOAD;
import static io.ftpalg.protocol.FtpVerb.Trait.URGENT;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The FTP commands that the gateway recognizes (RFC 5797 and what servers added since), each with its traits.
 *
 * <p>A verb that is not here is {@link #OTHER}: its command still carries the name as the client wrote it.
 */
public enum FtpVerb {
    USER(LOGIN),
    PASS(LOGIN, SECRET),
    ACCT(LOGIN, SECRET),
    REIN,
    QUIT(URGENT),
    ABOR(URGENT),
    STAT(URGENT),
    NOOP,
    PORT(DATA_PORT),
    PASV(DATA_PORT),
    EPRT(DATA_PORT),
    EPSV(DATA_PORT),
    RETR(DOWNLOAD),
    LIST(DOWNLOAD),
    NLST(DOWNLOAD),
    MLSD(DOWNLOAD),
    STOR(UPLOAD),
    STOU(UPLOAD),
    APPE(UPLOAD),
    TYPE,
    STRU,
    MODE,
    REST,
    ALLO,
    RNFR,
    RNTO,
    OPTS,
    LANG,
    CLNT,
    CSID,
    CWD,
    XCWD(CWD),
    CDUP,
    XCUP(CDUP),
    PWD,
    XPWD(PWD),
    MKD,
    XMKD(MKD),
    RMD,
    XRMD(RMD),
    RMDA,
    SMNT,
    DELE,
    FEAT,
    HELP,
    SYST,
    SITE,
    SIZE,
    MDTM,
    MLST,
    MFMT,
    MFCT,
    MFF,
    COMB,
    XCRC,
    XMD5,
    XSHA1,
    XSHA256,
    HASH,
    RANG,
    AVBL,
    DSIZ,
    ESTA,
    ESTP,
    AUTH(SECURITY, SECRET),
    ADAT(SECURITY, SECRET),
    PBSZ(SECURITY),
    PROT(SECURITY),
    CCC(SECURITY),
    MIC(SECURITY, SECRET),
    CONF(SECURITY, SECRET),
    ENC(SECURITY, SECRET),
    LPRT(REFUSED),
    LPSV(REFUSED),
    SPSV(REFUSED),
    CPSV(REFUSED),
    SSCN(REFUSED),
    ALGS(REFUSED),
    /** Announces the transfer for which PASV is to find a port (DrFTPD). */
    PRET,
    /** The server's name as the client has it (RFC 7151). */
    HOST,
    /** The server to connect to, as some clients name it to a gateway; servers do not have it. */
    OPEN,
    /** Any verb that has no constant here. */
    OTHER;

    /** Properties of a verb that decide before its rule. */
    public enum Trait {
        /** Takes part in the login dialogue. */
        LOGIN,
        /** Its argument must never be written to a log. */
        SECRET,
        /** Names a data port (RFC 959, RFC 2428). */
        DATA_PORT,
        /** Moves data from the server to the client. */
        DOWNLOAD,
        /** Moves data from the client to the server. */
        UPLOAD,
        /** May overtake a running transfer (RFC 959 section 4.1.3). */
        URGENT,
        /** Belongs to RFC 2228 and RFC 4217. */
        SECURITY,
        /** Would name a data port, or a server, that the gateway cannot check: never passed on. */
        REFUSED
    }

    private static final Map<String, FtpVerb> BY_NAME = Stream.of(values())
            .filter(verb -> verb != OTHER)
            .collect(Collectors.toUnmodifiableMap(FtpVerb::name, Function.identity()));

    private final Set<Trait> traits;
    private final FtpVerb standard;

    FtpVerb(Trait... traits) {
        this.traits = Set.of(traits);
        this.standard = this;
    }

    FtpVerb(FtpVerb standard) {
        this.traits = standard.traits;
        this.standard = standard;
    }

    /** Returns the verb of this name, in any case, or {@link #OTHER}; Unicode's upper case would make PASS of "pa\u00df". */
    public static FtpVerb of(String name) {
        FtpVerb known = BY_NAME.get(name);
        if (known != null) {
            return known;
        }
        return FtpCommand.isName(name) ? BY_NAME.getOrDefault(name.toUpperCase(Locale.ROOT), OTHER) : OTHER;
    }

    /** Returns whether this verb has the trait. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Returns whether this verb moves data over a data connection. */
    public boolean transfers() {
        return is(DOWNLOAD) || is(UPLOAD);
    }

    /** Returns the verb that rules are found by: {@code CWD} for {@code XCWD} (RFC 1123 section 4.1.3.1). */
    public FtpVerb standard() {
        return standard;
    }
}
