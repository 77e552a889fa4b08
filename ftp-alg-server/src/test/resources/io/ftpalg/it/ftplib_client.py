"""Drives Python's ftplib: each line of standard input is a step, its fields separated by tabs."""
import ftplib
import socket
import ssl
import sys

HOST, PORT, USER, PASSWORD, DIRECTORY, PROTECTION, SYNTAX, VERSION, TRUST, SELF, RESUME = sys.argv[1:]


class Told:
    """Agrees data ports as told: of itself it says EPRT and EPSV over IPv6 only."""
    trust_server_pasv_ipv4_address = True

    def sendport(self, host, port):
        return self.sendeprt(host, port) if SYNTAX == 'EPRT' else super().sendport(host, port)

    def makepasv(self):
        if SYNTAX == 'EPSV':
            return ftplib.parse229(self.sendcmd('EPSV'), self.sock.getpeername())
        return super().makepasv()


class Clear(Told, ftplib.FTP):
    pass


class Secure(Told, ftplib.FTP_TLS):
    def connect(self, *args, **kwargs):
        if PROTECTION == 'EXPLICIT':
            return super().connect(*args, **kwargs)
        self.host = HOST
        plain = socket.create_connection((HOST, int(PORT)), 20)
        self.af = plain.family
        self.sock = self.context.wrap_socket(plain, server_hostname=HOST)
        self.file = self.sock.makefile('r', encoding=self.encoding)
        self.welcome = self.getresp()
        return self.welcome

    def login(self, *args, **kwargs):
        return super().login(*args, secure=PROTECTION == 'EXPLICIT')

    def ntransfercmd(self, cmd, rest=None):
        connection, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        session = self.sock.session if RESUME == 'true' else None
        connection = self.context.wrap_socket(connection, server_hostname=HOST, session=session)
        print('data', connection.version(), 'resumed' if connection.session_reused else 'full', flush=True)
        return connection, size


def client():
    if PROTECTION == 'CLEAR':
        return Clear(encoding='latin-1', timeout=20)
    context = ssl.create_default_context(cafile=TRUST)
    context.minimum_version = context.maximum_version = ssl.TLSVersion['TLSv' + VERSION.replace('.', '_')]
    if SELF:
        context.load_cert_chain(SELF)
    return Secure(context=context, encoding='latin-1', timeout=20)


def run(ftp, step):
    verb, *arguments = step
    if verb == 'put':
        with open(arguments[0], 'rb') as local:
            ftp.storbinary('STOR ' + arguments[1], local)
    elif verb == 'get':
        with open(arguments[1], 'wb') as local:
            ftp.retrbinary('RETR ' + arguments[0], local.write)
    else:
        with open(arguments[0], 'w', encoding='latin-1') as local:
            ftp.retrlines('NLST', lambda line: local.write(line + '\n'))


ftp = client()
ftp.set_debuglevel(1)
ftp.connect(HOST, int(PORT))
ftp.login(USER, PASSWORD)
if PROTECTION != 'CLEAR':
    ftp.prot_p()
ftp.set_pasv(SYNTAX in ('PASV', 'EPSV'))
ftp.cwd(DIRECTORY)
for line in sys.stdin:
    run(ftp, line.rstrip('\n').split('\t'))
ftp.quit()
