package dev.bastion.app.oidc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** The download of an issuer's documents: by https, or http on this machine, bounded in bytes and time, without redirects. */
final class KeyDownload implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** For the whole document: an issuer that sends a byte a second is down. */
    private static final Duration WHOLE = Duration.ofSeconds(3);

    private static final int MOST_BYTES = 262_144;
    private static final Pattern ALLOWED =
            Pattern.compile("https://.+|http://(localhost|127(\\.\\d{1,3}){3}|\\[::1])([:/].*)?");

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    String text(URI address) throws IOException {
        if (!ALLOWED.matcher(address.toString()).matches()) {
            throw new IOException("the address of keys must begin with https://");
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(WHOLE)
                .header("Accept", "application/json")
                .build();
        var answer = client.sendAsync(
                request,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        try {
            HttpResponse<String> response = answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException(address.getHost() + " answered " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException(address.getHost() + " does not answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(address.getHost() + " does not answer in " + WHOLE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading keys", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
