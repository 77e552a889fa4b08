package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.PortRange;
import io.ftpalg.server.settings.ListenerSettings;
import io.ftpalg.server.settings.ProgramSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files for containers agree with each other, and their configs are valid. */
class DeployFilesTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path IMAGE = Path.of("..", "ftp-alg-packages", "src", "image");
    private static final Pattern USER = Pattern.compile("(?m)^USER (\\d+):(\\d+)$");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^EXPOSE (\\d+)$");

    @TempDir
    private Path temp = Path.of(".");

    // ---- Kubernetes

    @Test
    void theServiceHasThePortsOfTheConfig() throws Exception {
        At service = kubernetes("service").at("spec");
        At container = container();

        List<Integer> reached = service.at("ports").list().stream()
                .map(port -> containerPort(container, port.at("targetPort").text()))
                .toList();

        ListenerSettings listener = only(kubernetesConfig());
        assertThat(reached)
                .containsExactlyElementsOf(Stream.concat(Stream.of(port(listener)), passive(listener))
                        .toList());
        assertThat(service.at("ports").list().stream().skip(1).map(port -> port.at("port")
                        .number()))
                .as("as announced")
                .containsExactlyElementsOf(passive(listener).toList());
        assertThat(service.at("selector").value())
                .isEqualTo(kubernetes("deployment")
                        .at("spec.template.metadata.labels")
                        .value());
    }

    @Test
    void thePolicyAdmitsThePortsOfTheConfig() throws Exception {
        List<At> ingress = kubernetes("networkpolicy").at("spec").at("ingress").list();
        ListenerSettings listener = only(kubernetesConfig());
        PortRange passive = listener.data().passivePorts().orElseThrow();

        List<At> clients = ingress.get(0).at("ports").list();
        assertThat(clients.get(0).at("port").number()).isEqualTo(port(listener));
        assertThat(clients.get(1).at("port").number()).isEqualTo(passive.first());
        assertThat(clients.get(1).at("endPort").number()).isEqualTo(passive.last());
        assertThat(ingress.get(1).at("ports").list().get(0).at("port").number()).isEqualTo(adminPort());
    }

    @Test
    void probesAndScrapesAskTheAdminServer() throws Exception {
        At container = container();

        assertThat(containerPort(container, "admin")).isEqualTo(adminPort());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            At get = container.at(probe + ".httpGet");
            assertThat(get.at("port").text()).isEqualTo("admin");
            // These two need no token: the kubelet has none.
            assertThat(get.at("path").text()).isEqualTo(probe.equals("readinessProbe") ? "/ready" : "/health");
        }
        At endpoint =
                kubernetes("podmonitor").at("spec.podMetricsEndpoints").list().get(0);
        assertThat(endpoint.at("port").text()).isEqualTo("admin");
        assertThat(endpoint.at("path").text()).isEqualTo("/metrics");
    }

    @Test
    void thePodHasWhatTheImageAndTheConfigNeed() throws Exception {
        At pod = kubernetes("deployment").at("spec.template.spec");
        MatchResult user = only(USER, Files.readString(IMAGE.resolve("Containerfile")));

        assertThat(pod.at("securityContext.runAsUser").number()).isEqualTo(Integer.parseInt(user.group(1)));
        assertThat(pod.at("securityContext.fsGroup").number()).isEqualTo(Integer.parseInt(user.group(2)));
        assertThat(container().at("securityContext.readOnlyRootFilesystem").value())
                .isEqualTo(true);
        List<String> mounts = container().at("volumeMounts").list().stream()
                .map(mount -> mount.at("mountPath").text())
                .toList();
        assertThat(mounts).containsExactly("/etc/ftp-alg", "/etc/ftp-alg-admin", "/run/ftp-alg");
        assertThat(Duration.ofSeconds(pod.at("terminationGracePeriodSeconds").number()))
                .isGreaterThan(kubernetesConfig().drain());
    }

    @Test
    void theKustomizationNamesEachFile() throws Exception {
        String listed = Files.readString(DEPLOY.resolve("kubernetes/kustomization.yaml"));

        try (Stream<Path> files = Files.list(DEPLOY.resolve("kubernetes"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith("kustom")))
                    .hasSize(5)
                    .allSatisfy(name -> assertThat(listed).contains("- " + name));
        }
    }

    // ---- Compose

    @Test
    void composeMapsThePortsOfItsConfig() throws Exception {
        At service = yaml(DEPLOY.resolve("compose.yaml")).at("services").at("ftp-alg");
        ProgramSettings config = config(DEPLOY.resolve("config/ftp-alg.yaml"));
        ListenerSettings listener = only(config);
        PortRange passive = listener.data().passivePorts().orElseThrow();

        assertThat(service.at("ports").list().stream().map(At::text))
                .containsExactly("21:" + port(listener), passive + ":" + passive);
        assertThat(service.at("volumes").list().get(0).text()).isEqualTo("./config:/etc/ftp-alg:ro");
        assertThat(service.at("stop_grace_period").text()).isEqualTo("90s");
        assertThat(Duration.ofSeconds(90)).isGreaterThan(config.drain());
    }

    @Test
    void theConfigOfTheImageIsValid() throws Exception {
        ProgramSettings config = config(IMAGE.resolve("ftp-alg.yaml"));

        assertThat(port(only(config)))
                .isEqualTo(Integer.parseInt(only(EXPOSED, Files.readString(IMAGE.resolve("Containerfile")))
                        .group(1)));
        assertThat(config.admin().orElseThrow().socket()).hasValue(Path.of("/run/ftp-alg/admin.sock"));
    }

    // ---- helpers

    private static At kubernetes(String name) throws IOException {
        return yaml(DEPLOY.resolve("kubernetes").resolve(name + ".yaml"));
    }

    private static At container() throws IOException {
        return kubernetes("deployment")
                .at("spec.template.spec.containers")
                .list()
                .get(0);
    }

    private static int containerPort(At container, String name) {
        return container.at("ports").list().stream()
                .filter(port -> port.at("name").text().equals(name))
                .findAny()
                .orElseThrow()
                .at("containerPort")
                .number();
    }

    private ProgramSettings kubernetesConfig() throws Exception {
        Path token = Files.writeString(temp.resolve("token"), "0123456789abcdef\n");
        Map<?, ?> files = (Map<?, ?>) kubernetes("configmap").at("data").value();
        String text = Objects.requireNonNull(files.get("ftp-alg.yaml"))
                .toString()
                .replace("/etc/ftp-alg-admin/token", token.toString());
        return config(Files.writeString(temp.resolve("ftp-alg.yaml"), text));
    }

    private int adminPort() throws Exception {
        return kubernetesConfig().admin().orElseThrow().bind().orElseThrow().getPort();
    }

    private static ProgramSettings config(Path file) throws ConfigException {
        Function<String, Optional<String>> environment =
                name -> name.equals("FTP_ALG_UPSTREAM") ? Optional.of("ftp.example.com") : Optional.empty();
        return ConfigLoader.load(file, environment).settings();
    }

    private static ListenerSettings only(ProgramSettings config) {
        assertThat(config.listeners()).hasSize(1);
        return config.listeners().get(0);
    }

    private static MatchResult only(Pattern pattern, String text) {
        List<MatchResult> results = pattern.matcher(text).results().toList();
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static int port(ListenerSettings listener) {
        return listener.bind().plain().get(0).getPort();
    }

    private static Stream<Integer> passive(ListenerSettings listener) {
        PortRange range = listener.data().passivePorts().orElseThrow();
        return IntStream.rangeClosed(range.first(), range.last()).boxed();
    }

    private static At yaml(Path file) throws IOException {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return new At(file.toString(), value);
    }

    /** A value of a YAML file, with its place. */
    private record At(String place, Object value) {
        At at(String path) {
            At at = this;
            for (String name : path.split("\\.", -1)) {
                Object inner = at.value instanceof Map<?, ?> map ? map.get(name) : null;
                if (inner == null) {
                    throw new AssertionError(at.place + " has no " + name);
                }
                at = new At(at.place + '.' + name, inner);
            }
            return at;
        }

        List<At> list() {
            List<At> all = new ArrayList<>();
            for (Object each : (List<?>) value) {
                all.add(new At(place + "[" + all.size() + "]", each));
            }
            return all;
        }

        String text() {
            return (String) value;
        }

        int number() {
            return (Integer) value;
        }
    }
}
