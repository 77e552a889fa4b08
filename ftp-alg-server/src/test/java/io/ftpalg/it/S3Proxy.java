package io.ftpalg.it;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Starts an object store that checks signatures, with one empty bucket in memory. */
final class S3Proxy implements AutoCloseable {
    static final String BUCKET = "copies";
    static final String ACCESS_KEY = "access";
    static final String SECRET_KEY = "s3cr3t";

    private final URI endpoint;
    private final Program program;
    private final S3Client client;

    private S3Proxy(URI endpoint, Program program, S3Client client) {
        this.endpoint = endpoint;
        this.program = program;
        this.client = client;
    }

    static S3Proxy start() {
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("ftpalg.s3proxy")));
        Path folder = Workspace.create("s3proxy");
        InetSocketAddress address = NativeServer.freePort(Loopback.SERVER);
        URI endpoint = URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
        try {
            Files.writeString(folder.resolve("s3proxy.conf"), """
                    s3proxy.endpoint=%s
                    s3proxy.authorization=aws-v4
                    s3proxy.identity=%s
                    s3proxy.credential=%s
                    s3proxy.ignore-unknown-headers=true
                    jclouds.provider=transient-nio2
                    jclouds.identity=none
                    jclouds.credential=none
                    """.formatted(endpoint, ACCESS_KEY, SECRET_KEY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Program program = Program.start(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-jar",
                        jar.toString(),
                        "--properties",
                        folder.resolve("s3proxy.conf").toString()),
                Map.of(),
                "");
        await("s3proxy").atMost(Duration.ofSeconds(60)).until(() -> {
            try (Socket connection = new Socket()) {
                connection.connect(address, 1000);
                return true;
            } catch (IOException e) {
                if (!program.alive()) {
                    throw new IllegalStateException(program.output());
                }
                return false;
            }
        });
        S3Client client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(config -> config.defaultProfileFile(ProfileFile.builder()
                        .content(new ByteArrayInputStream(new byte[0]))
                        .type(ProfileFile.Type.CONFIGURATION)
                        .build()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
        Object unused = client.createBucket(request -> request.bucket(BUCKET));
        return new S3Proxy(endpoint, program, client);
    }

    URI endpoint() {
        return endpoint;
    }

    /** Returns the keys of all objects, in their order. */
    List<String> keys() {
        return client.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    byte[] object(String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asByteArray();
    }

    /** Returns how many multipart uploads were neither completed nor aborted. */
    int unfinished() {
        return client.listMultipartUploads(request -> request.bucket(BUCKET))
                .uploads()
                .size();
    }

    @Override
    public void close() {
        client.close();
        program.close();
    }
}
