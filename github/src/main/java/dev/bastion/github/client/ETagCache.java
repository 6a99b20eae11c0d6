package dev.bastion.github.client;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * An interceptor that revalidates every GET it has answered before: a 304 costs nothing of GitHub's rate limit, and the
 * kept body answers in its place. Kept in memory only, because OkHttp's own cache writes the access token to disk.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">conditional
 *     requests</a>
 */
final class ETagCache implements Interceptor {
    private static final long MAX_BYTES = 8L << 20;
    /** About what a response takes besides its body, so that many empty ones are bounded, too. */
    private static final long OVERHEAD = 1 << 10;

    private record Kept(Headers headers, String etag, ByteString body) {
        long size() {
            return body.size() + OVERHEAD;
        }
    }

    /** Least recently used first. */
    private final Map<String, Kept> responses = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!request.method().equals("GET")) {
            return chain.proceed(request);
        }
        String url = request.url().toString();
        Kept kept = find(url);
        Response response = chain.proceed(
                kept == null
                        ? request
                        : request.newBuilder()
                                .header("If-None-Match", kept.etag())
                                .build());
        if (response.code() == 304 && kept != null) {
            return answer(response, kept);
        }
        String etag = response.header("ETag");
        return response.code() == 200 && etag != null ? keep(url, etag, response) : response;
    }

    /** The new headers count, since they tell the rate limit; the body's own are the old ones. */
    private static Response answer(Response notModified, Kept kept) {
        notModified.close();
        Headers.Builder headers = kept.headers().newBuilder();
        notModified.headers().forEach(header -> headers.set(header.getFirst(), header.getSecond()));
        return notModified
                .newBuilder()
                .code(200)
                .message("OK")
                .headers(headers.build())
                .body(ResponseBody.create(kept.body(), null))
                .build();
    }

    private Response keep(String url, String etag, Response response) throws IOException {
        ResponseBody content = response.body();
        ByteString body = content == null ? ByteString.EMPTY : content.byteString();
        put(url, new Kept(response.headers(), etag, body));
        return response.newBuilder().body(ResponseBody.create(body, null)).build();
    }

    private synchronized @Nullable Kept find(String url) {
        return responses.get(url);
    }

    private synchronized void put(String url, Kept kept) {
        Kept before = responses.put(url, kept);
        bytes += kept.size() - (before == null ? 0 : before.size());
        var eldest = responses.entrySet().iterator();
        while (bytes > MAX_BYTES && eldest.hasNext()) {
            bytes -= eldest.next().getValue().size();
            eldest.remove();
        }
    }
}
