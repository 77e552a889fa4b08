package io.ftpalg.session.transfer;

import org.junit.jupiter.api.Test;

/** How long a transfer waits for its data connections, in whole conversations. */
class DataConnectionWaitTest {

    @Test
    void isShortOnceAnUnexpectedPeerHasConnected() {
        TransferExchangeTest.announced().play("""
                . elapse 1s
                . unexpected CLIENT
                . elapse 4.999s
                ~
                . elapse 0.001s
                ! abort CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                """);
    }

    /** A scanner that connects again and again gives the expected peer no more time. */
    @Test
    void isNotStartedAgainByTheNextUnexpectedPeer() {
        TransferExchangeTest.announced().play("""
                . unexpected CLIENT
                . elapse 4s
                . unexpected CLIENT
                . elapse 1s
                ! abort CLIENT
                ! abort SERVER
                C< 425 Can't open data connection.
                """);
    }
}
