package dev.bastion.app.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A call of the API before anything of it is believed.
 *
 * @param path as it came, before any decoding
 * @param authorization every header of this name
 * @param body read only once the caller is known
 */
record ApiCall(
        String method,
        String path,
        List<String> authorization,
        List<String> idempotencyKey,
        Optional<String> contentType,
        Body body) {
    /** The body, bounded. */
    @FunctionalInterface
    interface Body {
        /** Empty when it has more bytes than the API reads. */
        Optional<byte[]> read() throws IOException;
    }
}
