package io.ftpalg.server.inspect.tee;

import io.ftpalg.server.files.RegularFiles;
import io.ftpalg.server.inspect.tee.TeeSettings.S3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Copies in a bucket of an S3-compatible store; the manifest is an object of one line beside each. Calls are repeated by the client until
 * their time is over. Thread-safe.
 */
final class S3Store implements CopyStore {
    static final String MANIFEST = ".manifest.json";

    private static final int THREADS = 8;
    /** What one copy may have besides the part that is next: what came last. */
    private static final long PIECE = 1L << 20;

    private static final String TYPE = "application/octet-stream";

    private final S3 settings;
    private final S3Client client;

    /**
     * Makes one; nothing is sent.
     *
     * @param timeout how long a call may take, with all attempts
     * @throws IOException if a key cannot be read
     */
    S3Store(S3 settings, Duration timeout) throws IOException {
        this.settings = settings;
        AwsBasicCredentials keys = AwsBasicCredentials.create(
                key("tee.s3.access-key-file", settings.accessKeyFile()),
                key("tee.s3.secret-key-file", settings.secretKeyFile()));
        // What is in the home directory of the user that runs the gateway is not for it.
        ProfileFile none = ProfileFile.builder()
                .content(new ByteArrayInputStream(new byte[0]))
                .type(ProfileFile.Type.CONFIGURATION)
                .build();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeout)
                        .socketTimeout(timeout))
                .region(Region.of(settings.region()))
                .credentialsProvider(StaticCredentialsProvider.create(keys))
                // Other stores than Amazon's often know neither trailing checksums nor signed chunks.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.pathStyle())
                        .chunkedEncodingEnabled(false)
                        .build())
                .overrideConfiguration(config -> config.apiCallTimeout(timeout)
                        .defaultProfileFile(none)
                        .addExecutionInterceptor(new WithoutExpect()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        this.client = builder.build();
    }

    /**
     * Takes {@code Expect: 100-continue} out of each request. The client sends it with an empty body too, which RFC 9110 section 10.1.1
     * forbids: stores then wait for the body, or end the connection that the next request is sent on. A part is small enough to be sent
     * for nothing.
     */
    private static final class WithoutExpect implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(
                Context.ModifyHttpRequest context, ExecutionAttributes executionAttributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    }

    private static String key(String name, Path file) throws IOException {
        String text;
        try {
            text = new String(RegularFiles.bytes(file), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new IOException(name + ": " + IoReasons.of(e), e);
        }
        if (!text.matches("[!-~]{1,256}")) {
            throw new IOException(name + " " + file + ": expected one line, the key");
        }
        return text;
    }

    @Override
    public String place() {
        return "s3://" + settings.bucket() + "/" + settings.prefix();
    }

    @Override
    public int threads() {
        return THREADS;
    }

    @Override
    public long memoryOfCopy() {
        return S3Copy.PART + PIECE;
    }

    String bucket() {
        return settings.bucket();
    }

    /** Calls the store; the message of a failure is one line. */
    <T> T call(Function<S3Client, T> request) throws IOException {
        try {
            return request.apply(client);
        } catch (SdkException e) {
            throw new IOException("S3: " + e.getMessage(), e);
        }
    }

    /** Writes an object. */
    void put(String key, byte[] bytes, int length) throws IOException {
        Object unused =
                call(s3 -> s3.putObject(request -> request.bucket(bucket()).key(key), body(bytes, length)));
    }

    /** Returns the body of a request, which may be sent several times. */
    static RequestBody body(byte[] bytes, int length) {
        if (length == 0) {
            return RequestBody.empty();
        }
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes, 0, length), length, TYPE);
    }

    private String key(CopiedFile file) {
        return settings.prefix() + file.path();
    }

    @Override
    public CopyTarget create(CopiedFile file) {
        return new S3Copy(this, key(file));
    }

    @Override
    public void record(CopiedFile file, String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        put(key(file) + MANIFEST, bytes, bytes.length);
    }

    @Override
    public void close() {
        client.close();
    }
}
