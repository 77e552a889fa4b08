package io.ftpalg.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests for Kubernetes have the fields of its API, no others, and those that it requires. */
class KubernetesSchemaTest {
    private static final Path FILES = Path.of("..", "deploy", "kubernetes");

    /** Fields of the objects that are not of Kubernetes itself, as far as these files use them: Prometheus operator, Kustomize. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "PodMonitor",
            Set.of(
                    "apiVersion",
                    "kind",
                    "metadata.name",
                    "metadata.labels.app.kubernetes.io/name",
                    "spec.selector.matchLabels.app.kubernetes.io/name",
                    "spec.podMetricsEndpoints.port",
                    "spec.podMetricsEndpoints.path",
                    "spec.podMetricsEndpoints.authorization.credentials.name",
                    "spec.podMetricsEndpoints.authorization.credentials.key"),
            "Kustomization",
            Set.of("apiVersion", "kind", "resources", "images.name", "images.newName", "images.newTag"));

    private static Map<?, ?> load(String text) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static void check(Map<?, ?> manifest) throws IOException {
        String kind = String.valueOf(manifest.get("kind"));
        JsonElement json = new Gson().toJsonTree(manifest);
        switch (kind) {
            case "ConfigMap" -> V1ConfigMap.validateJsonElement(json);
            case "Deployment" -> V1Deployment.validateJsonElement(json);
            case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
            case "Service" -> V1Service.validateJsonElement(json);
            default -> {
                Set<String> unknown = new TreeSet<>(fields("", manifest));
                unknown.removeAll(OTHERS.getOrDefault(kind, Set.of()));
                if (!unknown.isEmpty()) {
                    throw new IllegalArgumentException("fields that " + kind + " has not: " + unknown);
                }
            }
        }
    }

    /** Returns the paths of all values. */
    private static Set<String> fields(String path, Object value) {
        Set<String> all = new TreeSet<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> all.addAll(fields(path.isEmpty() ? "" + name : path + "." + name, field)));
        } else if (value instanceof List<?> list) {
            list.forEach(one -> all.addAll(fields(path, one)));
        } else {
            all.add(path);
        }
        return all;
    }

    @Test
    void allManifestsAreValid() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FILES)) {
            files = all.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
        for (Path file : files) {
            check(load(Files.readString(file)));
        }

        assertThat(files).hasSize(6);
    }

    /** A check that cannot fail is none. */
    @ParameterizedTest
    @CsvSource({
        "deployment, replicas:, replcias:",
        "deployment, readOnlyRootFilesystem:, readOnlyRootFileSystem:",
        "deployment, containerPort: 2121, contanierPort: 2121",
        "deployment, periodSeconds:, periodSecond:",
        "deployment, '- name: ftp-alg\n', '- nmae: ftp-alg\n'",
        "service, externalTrafficPolicy, externalTraficPolicy",
        "service, 'port: 21,', 'prot: 21,'",
        "networkpolicy, endPort, endport",
        "networkpolicy, podSelector, podSelecter",
        "configmap, data:, date:",
        "podmonitor, credentials, credential",
        "kustomization, newTag, tag"
    })
    void aMisspeltFieldIsNot(String file, String right, String wrong) throws IOException {
        String text = Files.readString(FILES.resolve(file + ".yaml"));

        assertThat(text).contains(right);
        assertThatThrownBy(() -> check(load(text.replace(right, wrong)))).isInstanceOf(IllegalArgumentException.class);
    }
}
