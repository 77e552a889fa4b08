package io.ftpalg.server.demo;

import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;

/** Records what the server received or sent about its latest data port; written by the server's threads, read by any. */
final class ServerEye extends DefaultFtplet {
    private volatile String dataPort = "";

    /** Returns the line about the latest data port, empty before the first. */
    String dataPort() {
        return dataPort;
    }

    @Override
    public FtpletResult beforeCommand(FtpSession session, FtpRequest request) {
        DataPortText.ofCommand(request.getRequestLine()).ifPresent(text -> dataPort = text);
        return FtpletResult.DEFAULT;
    }

    @Override
    public FtpletResult afterCommand(FtpSession session, FtpRequest request, FtpReply reply) {
        DataPortText.ofReply(reply.getCode() + " " + reply.getMessage()).ifPresent(text -> dataPort = text);
        return FtpletResult.DEFAULT;
    }
}
