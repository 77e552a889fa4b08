package io.ftpalg.server.inspect.tee;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A copy in a bucket: one object if it is smaller than {@link #PART}, else a multipart upload, of which nothing is visible before it is
 * completed. Used by one thread at a time.
 */
final class S3Copy implements CopyTarget {
    /** Bytes of a part, which are in memory until it is sent: 8 MiB. */
    static final int PART = 8 << 20;

    private static final int FIRST = 64 << 10;
    /** As S3 has it. */
    private static final int MOST_PARTS = 10_000;

    private final S3Store store;
    private final String key;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] part = new byte[0];
    private int length;
    private @Nullable String upload;
    private boolean visible;

    S3Copy(S3Store store, String key) {
        this.store = store;
        this.key = key;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            if (length == PART) {
                send();
            }
            int count = Math.min(bytes.length - from, PART - length);
            if (part.length < length + count) {
                part = Arrays.copyOf(part, Math.min(PART, Math.max(FIRST, 2 * (length + count))));
            }
            System.arraycopy(bytes, from, part, length, count);
            length += count;
            from += count;
        }
    }

    private void send() throws IOException {
        if (parts.size() == MOST_PARTS) {
            throw new IOException("S3: more than " + MOST_PARTS + " parts");
        }
        String id = begun();
        int number = parts.size() + 1;
        String etag = store.call(s3 -> s3.uploadPart(
                        request -> request.bucket(store.bucket())
                                .key(key)
                                .uploadId(id)
                                .partNumber(number),
                        S3Store.body(part, length))
                .eTag());
        parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        length = 0;
    }

    private String begun() throws IOException {
        String id = upload;
        if (id == null) {
            id = store.call(s3 -> s3.createMultipartUpload(
                            request -> request.bucket(store.bucket()).key(key))
                    .uploadId());
            upload = id;
        }
        return id;
    }

    @Override
    public void finish() throws IOException {
        if (visible) {
            return;
        }
        if (upload == null) {
            // If it fails, the object may be there all the same.
            visible = true;
            store.put(key, part, length);
        } else {
            send();
            String id = begun();
            Object unused = store.call(s3 -> s3.completeMultipartUpload(request ->
                    request.bucket(store.bucket()).key(key).uploadId(id).multipartUpload(all -> all.parts(parts))));
            visible = true;
        }
        part = new byte[0];
    }

    @Override
    public void discard() throws IOException {
        part = new byte[0];
        String id = upload;
        if (visible) {
            Object unused = store.call(s3 ->
                    s3.deleteObject(request -> request.bucket(store.bucket()).key(key)));
        } else if (id != null) {
            Object unused = store.call(s3 -> s3.abortMultipartUpload(
                    request -> request.bucket(store.bucket()).key(key).uploadId(id)));
        }
    }
}
