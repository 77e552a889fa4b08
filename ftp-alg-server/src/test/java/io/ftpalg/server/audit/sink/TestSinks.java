package io.ftpalg.server.audit.sink;

import io.ftpalg.protocol.Secret;
import io.ftpalg.server.audit.sink.SinkSettings.Bounds;
import io.ftpalg.server.audit.sink.SinkSettings.FileSettings;
import io.ftpalg.server.audit.sink.SinkSettings.Format;
import io.ftpalg.server.audit.sink.SinkSettings.Rotation;
import io.ftpalg.server.audit.sink.SinkSettings.Sync;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of sinks for tests. Stateless. */
public final class TestSinks {
    /** Room for what tests write. */
    public static final Bounds BOUNDS = new Bounds(10_000, 32 << 20);

    static final Rotation NEVER = new Rotation(0, Optional.empty(), false, 0, Optional.empty());

    private TestSinks() {}

    /** Returns a file that is never rotated. */
    public static FileSettings file(Path path, boolean must) {
        return new FileSettings("file", must, BOUNDS, path, Format.JSON, NEVER, Sync.NEVER, Optional.empty());
    }

    static FileSettings xferlog(Path path) {
        return new FileSettings("file", false, BOUNDS, path, Format.XFERLOG, NEVER, Sync.NEVER, Optional.empty());
    }

    static FileSettings rotating(Path path, Rotation rotation) {
        return new FileSettings("file", false, BOUNDS, path, Format.JSON, rotation, Sync.EACH, Optional.empty());
    }

    static FileSettings keyed(Path path, String key) {
        return new FileSettings(
                "file", false, BOUNDS, path, Format.JSON, NEVER, Sync.INTERVAL, Optional.of(Secret.of(key)));
    }
}
