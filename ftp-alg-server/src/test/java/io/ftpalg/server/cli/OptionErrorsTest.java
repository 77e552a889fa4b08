package io.ftpalg.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class OptionErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --listen=2121                 | --listen '2121': expected HOST:PORT, such as 0.0.0.0:2121 or [::]:2121
            --listen=a:65536              | --listen 'a:65536': expected HOST:PORT, such as 0.0.0.0:2121 or [::]:2121
            --upstream=127.1:21           | --upstream '127.1:21': expected HOST[:PORT] or [IPV6][:PORT]
            --allow-target=10.0.0.0/33    | --allow-target '10.0.0.0/33': expected HOST[:PORTS] or CIDR[:PORTS], such as *.example.com:21 or 192.0.2.0/24
            --passive-ports=5-4           | --passive-ports '5-4': expected FIRST-LAST, such as 50000-50999
            --passive-address=::1         | --passive-address '::1': expected an IPv4 address, such as 203.0.113.7, or a name
            --active-source-port=0        | --active-source-port '0': expected a number from 1 to 65535
            --source-address=localhost    | --source-address 'localhost': expected an IP address
            --server-mode=both            | --server-mode 'both': expected one of client, passive, active, port, eprt, pasv, epsv
            --data-connect=now            | --data-connect 'now': expected one of early, late
            --pasv-address=any            | --pasv-address 'any': expected ignore, match, or a network such as 192.0.2.0/24
            --upstream=a --pasv-address=match --pasv-address=10.0.0.0/8 | --pasv-address is ignore, match, or networks: give one of them
            --data-peers=network/8        | --data-peers 'network/8': expected same, network/24, or a network such as 192.0.2.0/24
            --upstream=a --data-peers=same --data-peers=10.0.0.0/8 | --data-peers is same, network/24, or networks: give one of them
            --idle-timeout=0              | --idle-timeout '0': expected a time in seconds, or with a unit, such as 300, 90s, 5m or 1h
            --max-sessions=-5             | --max-sessions '-5': expected a number from 1 to 1000000
            --transport=poll              | --transport 'poll': expected one of auto, epoll, io_uring, kqueue, nio
            --telnet=yes                  | --telnet 'yes': expected one of auto, on, off
            --drain-timeout=5d            | --drain-timeout '5d': expected a time in seconds, or with a unit, such as 300, 90s, 5m or 1h
            --forward=on                  | --forward takes no value
            --upstream                    | --upstream needs a value: HOST[:PORT]
            --transprot=nio               | unknown option --transprot=nio, did you mean --transparent or --transport?
            dmo                           | unknown command dmo, did you mean demo?
            --verbose --verbose           | --verbose is given twice
            --server-mode=pasv --server-mode=epsv | --server-mode is given twice
            --forward --balance=hash      | --balance is for the servers of --upstream: give that, or leave --balance out
            --upstream=a --balance=fair   | --balance 'fair': expected one of first, round-robin, least-sessions, hash
            --upstream=a --forward        | --upstream and --forward exclude each other: give one of them
            --verbose                     | no server: give --upstream HOST[:PORT] or --forward
            --upstream=a --allow-target=b | --allow-target 'b:21,990': works with --forward or --transparent only
            --spoof-client --upstream=a   | --spoof-client needs --transparent: give that, or leave --spoof-client out
            --transparent=on              | --transparent 'on': expected one of redirect, tproxy
            --transparent=redirect        | --transparent redirect needs --passive-ports, which the rule for data connections names: give them
            --transparent=tproxy --upstream=a | --upstream and --transparent exclude each other, since the server is the one that the client connected to: leave --upstream out, or give it in routes
            --transparent=tproxy --balance=hash | --balance is for the servers of --upstream: give that, or leave --balance out
            --transparent=tproxy --passive-address=192.0.2.1 | --passive-address and --transparent exclude each other, since a 227 names the address that the client connected to: leave --passive-address out
            --transparent=tproxy --spoof-client --source-address=192.0.2.1 | --source-address and --spoof-client exclude each other, since servers see one or the other: give one of them
            --upstream=a --relay=kernel --passive-ports=4000-4009 | --relay kernel needs --passive-ports, the ports towards clients, and --source-ports, those towards servers: the kernel looks at connections to these only
            demo --size=0                 | --size '0': expected a number from 1 to 1000000
            """)
    void saysInOneLineWhatIsWrongAndExits2(String args, String message) {
        assertThat(run(args.split(" "))).isEqualTo("2 ftp-alg: " + message + " (try --help)\n");
    }

    @Test
    void escapesWhatItRepeats() {
        assertThat(run("--upstream=a\r\nb\u001b"))
                .isEqualTo(
                        "2 ftp-alg: --upstream 'a\\r\\nb\\x1b': expected HOST[:PORT] or [IPV6][:PORT] (try --help)\n");
    }

    /** Returns the exit code and what was written to standard error. */
    private static String run(String... args) {
        CommandLine line = Main.commandLine();
        StringWriter err = new StringWriter();
        Stream.concat(Stream.of(line), line.getSubcommands().values().stream())
                .forEach(command -> command.setErr(new PrintWriter(err)));
        int code = line.execute(args);
        return code + " " + err.toString().replace(System.lineSeparator(), "\n");
    }
}
