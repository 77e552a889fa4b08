package io.ftpalg.server.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.routing.ServerPool;
import io.ftpalg.server.TestSettings;
import io.ftpalg.server.admin.EventStream;
import io.ftpalg.server.log.Verbosity;
import io.ftpalg.server.runtime.Gateways;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // a field that is missing fails the test
class EventStreamsTest {
    private final EventRecords records = new EventRecords();
    private final Actions actions = new Actions();
    private final Client client = new Client();
    private Gateways gateways;
    private EventStreams streams;

    /** What a client receives, while it reads. */
    private static final class Client implements EventStream {
        private final List<String> names = new ArrayList<>();
        private final List<String> data = new ArrayList<>();
        private boolean reads = true;
        private Runnable closed = () -> {};

        @Override
        public boolean send(String name, String text) {
            if (reads) {
                names.add(name);
                data.add(text);
            }
            return reads;
        }

        @Override
        public boolean isWritable() {
            return reads;
        }

        @Override
        public void onWritable(Runnable callback) {
            throw new AssertionError("not needed");
        }

        @Override
        public void onClosed(Runnable callback) {
            closed = callback;
        }

        @Override
        public void close() {
            closed.run();
        }

        void forget() {
            names.clear();
            data.clear();
        }
    }

    @BeforeEach
    void start() throws Exception {
        gateways = Gateways.of(TestSettings.program("--upstream", "127.0.0.1:2100"));
        Program program = new Program(
                gateways,
                new Verbosity(false),
                grace -> {},
                new Program.Upgrade(() -> 0L, Optional::empty, Optional::empty));
        streams = new EventStreams(
                new Figures(program, records), new ServerRoutes(program, actions), records, actions, program);
    }

    @AfterEach
    void stop() {
        gateways.close();
    }

    private void refuse(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            records.sessionRefused(
                    new AlgListener.SessionRefused(ApiFixture.address(0, i, 50_000), CloseCause.SESSION_LIMIT));
        }
    }

    @Test
    void beginsWithWhatThereIsAndGoesOnWithNews() throws Exception {
        streams.begin(client);
        assertThat(client.names).containsExactly("status", "servers");
        assertThat(client.data.get(1)).contains("127.0.0.1:2100");
        streams.everySecond();
        client.forget();

        refuse(1);
        String action = actions.record("kill", "7", ApiFixture.CALLER, "done", "");
        streams.everySecond();

        assertThat(client.names).containsExactly("refusal", "action", "status");
        assertThat(client.data.get(0)).contains("SESSION_LIMIT");
        assertThat(client.data.get(1)).isEqualTo(action);
    }

    @Test
    void sendsTheServersWhenTheyChange() {
        streams.begin(client);
        streams.everySecond();
        client.forget();
        ServerPool pool = gateways.made().get(0).pools().get(0);

        assertThat(pool.eject(pool.servers().get(0).server())).isTrue();
        streams.everySecond();
        streams.everySecond();

        assertThat(client.names).containsExactly("status", "servers", "status");
        assertThat(client.data.get(1)).contains("\"ejected\"");
    }

    @Test
    void countsTheRefusalsBeyondTwentyASecond() throws Exception {
        streams.begin(client);
        client.forget();

        refuse(23);
        streams.everySecond();

        assertThat(client.names).startsWith("refusal").contains("dropped", "status");
        assertThat(client.names.stream().filter("refusal"::equals)).hasSize(20);
        assertThat(client.data.get(20)).isEqualTo("{\"count\":3}");
    }

    @Test
    void tellsASlowClientWhatItMissed() throws Exception {
        streams.begin(client);
        client.forget();
        client.reads = false;
        refuse(4);
        client.reads = true;

        refuse(2);

        assertThat(client.names).containsExactly("dropped", "refusal", "refusal");
        assertThat(client.data.get(0)).isEqualTo("{\"count\":4}");
    }

    @Test
    void sendsNothingMoreWhenTheClientHasLeft() throws Exception {
        streams.begin(client);
        client.forget();
        client.closed.run();

        refuse(1);
        streams.everySecond();

        assertThat(client.names).isEmpty();
    }
}
