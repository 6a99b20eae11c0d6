package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The place of the OIDC token: a file, a command, the variable {@code BASTION_TOKEN}, or, in a job of GitHub Actions with {@code
 * id-token: write}, GitHub itself.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/security/oidc">OpenID Connect reference of GitHub Actions</a>
 */
record TokenSource(Optional<Path> file, Optional<String> command, String audience, Map<String, String> environment) {
    private static final String VARIABLE = "BASTION_TOKEN";
    private static final String ACTIONS_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String ACTIONS_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final Duration LONGEST = Duration.ofSeconds(60);

    TokenSource {
        environment = Map.copyOf(environment);
    }

    /** @throws ApiFailed when there is none */
    String token() {
        String token = read().strip();
        if (token.isEmpty() || token.chars().anyMatch(each -> each <= ' ' || each > '~')) {
            throw ApiFailed.usage("the token is empty or has characters that no token has; check where it comes from");
        }
        return token;
    }

    private String read() {
        if (file.isPresent()) {
            return ofFile(file.get());
        }
        if (command.isPresent()) {
            return ofCommand(command.get());
        }
        if (environment.containsKey(VARIABLE)) {
            return environment.get(VARIABLE);
        }
        if (environment.containsKey(ACTIONS_URL) && environment.containsKey(ACTIONS_TOKEN)) {
            return ofActions();
        }
        throw ApiFailed.usage("there is no token; give --token-file, --token-command or " + VARIABLE
                + ", or give the job of GitHub Actions the permission id-token: write");
    }

    private static String ofFile(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw ApiFailed.usage("the token file cannot be read: " + e);
        }
    }

    /** What the command prints is the token; its errors go to the terminal. */
    private static String ofCommand(String command) {
        try {
            Process process = new ProcessBuilder("/bin/sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw ApiFailed.usage("--token-command failed; run it alone to see why");
            }
            return printed;
        } catch (IOException e) {
            throw ApiFailed.usage("--token-command cannot be run: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ApiFailed.usage("--token-command was interrupted");
        }
    }

    private String ofActions() {
        String address =
                environment.get(ACTIONS_URL) + "&audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(LONGEST)
                    .header("Authorization", "Bearer " + environment.get(ACTIONS_TOKEN))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = new JsonMapper().readTree(response.body());
            if (response.statusCode() != 200) {
                throw ApiFailed.unreachable("GitHub Actions gave no token: it answered " + response.statusCode());
            }
            return body.path("value").asText();
        } catch (IOException e) {
            throw ApiFailed.unreachable("GitHub Actions gave no token: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ApiFailed.unreachable("asking GitHub Actions for a token was interrupted");
        }
    }
}
