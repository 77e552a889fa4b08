package io.ftpalg.server.demo;

import org.apache.commons.net.ProtocolCommandEvent;
import org.apache.commons.net.ProtocolCommandListener;

/** Records what the client sent or received about its latest data port; on the client's thread only. */
final class ClientEye implements ProtocolCommandListener {
    private String dataPort = "";

    /** Returns the line about the latest data port, empty before the first. */
    String dataPort() {
        return dataPort;
    }

    @Override
    public void protocolCommandSent(ProtocolCommandEvent event) {
        DataPortText.ofCommand(event.getMessage()).ifPresent(text -> dataPort = text);
    }

    @Override
    public void protocolReplyReceived(ProtocolCommandEvent event) {
        DataPortText.ofReply(event.getMessage()).ifPresent(text -> dataPort = text);
    }
}
