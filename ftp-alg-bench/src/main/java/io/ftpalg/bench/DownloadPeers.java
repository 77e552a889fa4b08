package io.ftpalg.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.LongConsumer;

/** The two ends of the transfers of a benchmark; on threads of their own. */
interface DownloadPeers extends Closeable {

    /** Returns where the server listens: it sends its bytes to whoever connects. */
    InetSocketAddress server() throws IOException;

    /** Connects to this address, reads to the end, and tells how many bytes came, -1 for a failure. */
    void read(InetSocketAddress from, LongConsumer end);
}
