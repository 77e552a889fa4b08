package io.ftpalg.it;

import java.nio.file.Path;

/** One thing that a client does in a session; names are relative to {@link TestServer#DIRECTORY}. */
sealed interface Step {

    /** Uploads a file. */
    record Put(Path local, String remote) implements Step {}

    /** Downloads a file. */
    record Get(String remote, Path local) implements Step {}

    /** Keeps the names in the directory, by NLST where the client can, in a file. */
    record Names(Path local) implements Step {}
}
