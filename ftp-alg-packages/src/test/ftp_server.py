"""The FTP server behind the gateway that the checks of the packages start."""
import socket, threading


def serve(listening):
    """An FTP server of one file in memory: enough for a client to put it and to get it back."""
    content = {}
    def session(control):
        reader, data = control.makefile("rb"), None
        say = lambda text: control.sendall(text.encode() + b"\r\n")
        say("220 ready")
        for line in reader:
            verb, _, argument = line.decode().strip().partition(" ")
            verb = verb.upper()
            if verb == "USER": say("331 password")
            elif verb == "PASS": say("230 in")
            elif verb in ("EPSV", "PASV"):
                data = socket.create_server(("127.0.0.1", 0))
                port = data.getsockname()[1]
                say("229 here (|||%d|)" % port if verb == "EPSV" else "227 (127,0,0,1,%d,%d)" % divmod(port, 256))
            elif verb in ("STOR", "RETR"):
                connection = data.accept()[0]
                say("150 go")
                if verb == "RETR": connection.sendall(content[argument])
                else: content[argument] = b"".join(iter(lambda: connection.recv(65536), b""))
                connection.close(); data.close()
                say("226 done")
            elif verb == "SIZE": say("213 %d" % len(content[argument])) if argument in content else say("550 no")
            elif verb == "QUIT": say("221 bye"); control.close(); return
            elif verb in ("TYPE", "CWD", "PWD", "NOOP"): say('257 "/"' if verb == "PWD" else "200 ok")
            else: say("502 no")
    while True:
        threading.Thread(target=session, args=(listening.accept()[0],), daemon=True).start()
