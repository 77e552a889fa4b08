package io.ftpalg.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.LongConsumer;

/** The two ends of the transfers of a benchmark; on threads of their own. */
interface DownloadPeers extends Closeable {

    /** Returns the address where the server listens: it sends its bytes to each client. */
    InetSocketAddress server() throws IOException;

    /** Connects to this address, reads to the end, and returns the number of bytes, -1 for a failure. */
    void read(InetSocketAddress from, LongConsumer end);
}
