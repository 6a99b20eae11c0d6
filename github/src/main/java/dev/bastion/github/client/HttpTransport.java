package dev.bastion.github.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import okhttp3.CacheControl;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Sends one request and reads its answer. */
final class HttpTransport {
    private static final MediaType JSON = MediaType.get("application/json");
    /** GitHub lets answers be kept for a minute; here nothing is believed without asking whether it still holds. */
    private static final CacheControl REVALIDATED =
            new CacheControl.Builder().maxAge(0, TimeUnit.SECONDS).build();

    private final OkHttpClient http;

    HttpTransport(OkHttpClient http) {
        this.http = http;
    }

    ApiResponse exchange(ApiCall call, HttpUrl address, String authorization, RetryDeadline left)
            throws GithubUnavailable {
        Request request = new Request.Builder()
                .url(address)
                .method(call.method(), body(call))
                .header("Authorization", authorization)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .cacheControl(REVALIDATED)
                .build();
        okhttp3.Call sent = http.newCall(request);
        sent.timeout().timeout(left.nanos(), TimeUnit.NANOSECONDS);
        try (Response response = sent.execute()) {
            ResponseBody body = response.body();
            return new ApiResponse(response.code(), response.headers(), body == null ? "" : body.string());
        } catch (ConnectException | NoRouteToHostException | UnknownHostException e) {
            throw GithubUnavailable.unreached(e);
        } catch (IOException e) {
            throw GithubUnavailable.broken(e);
        }
    }

    private static @Nullable RequestBody body(ApiCall call) {
        if (call.method().equals("GET")
                || (call.method().equals("DELETE") && call.body().isEmpty())) {
            return null;
        }
        try {
            return RequestBody.create(ApiResponse.JSON.writeValueAsBytes(call.body()), JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request of texts and numbers always becomes JSON", e);
        }
    }
}
