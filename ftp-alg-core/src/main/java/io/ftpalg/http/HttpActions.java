package io.ftpalg.http;

import io.ftpalg.protocol.FtpCommand;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The actions of an {@link HttpConversation}. None of them calls the conversation before it has returned.
 */
public interface HttpActions {

    /** Sends a command on the session's control connection, as its client. */
    void send(FtpCommand command);

    /** Connects the data connection to the port that the session has just named. */
    void connectData();

    /** Sends a response that is whole; nothing is sent to the client behind it. */
    void respond(ResponseHead head, String body);

    /**
     * Sends the head of a response, and then what comes on the data connection; all but its last bytes, which wait for
     * {@link #complete}. {@code HttpConversation.onEnough} follows once as many bytes were sent as are wanted.
     *
     * @param most how many bytes are wanted, if not all
     * @param list what makes the body of the bytes, if they are a list of a directory
     */
    void download(ResponseHead head, OptionalLong most, Optional<ListingBody> list);

    /** Sends the body of the request on the data connection; {@code HttpConversation.onUploaded} follows at its end. */
    void upload();

    /** The transfer is confirmed: the last bytes of the response, and its end, follow those that were sent. */
    void complete();

    /** What was sent is not the whole: the connection to the client ends so that it notices. */
    void cut();

    /** Ends the session, with whatever transfer it has. */
    void leave();
}
