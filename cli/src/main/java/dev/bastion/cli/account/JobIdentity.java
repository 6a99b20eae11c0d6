package dev.bastion.cli.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.apply.run.StepFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The identity of a CI job: the name of its sessions, and the OIDC token that says who it is, where the CI gives one.
 *
 * @param variables those of this process
 * @see <a href="https://docs.github.com/en/actions/reference/security/oidc">OIDC of GitHub Actions</a>
 */
record JobIdentity(Map<String, String> variables) {
    private static final String AUDIENCE = "sts.amazonaws.com";
    private static final int MOST_BYTES = 64 * 1024;
    /** Of AWS. */
    private static final int LONGEST_NAME = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    JobIdentity {
        variables = Map.copyOf(variables);
    }

    /**
     * The name of a session, by which CloudTrail's events lead to the run, like {@code bastion-apply-17234567890-prod-orders}.
     *
     * @param environment its name
     */
    String session(String command, String environment) {
        String run = Stream.of("GITHUB_RUN_ID", "CI_JOB_ID", "BUILD_TAG")
                .map(this::variable)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("local");
        String name = String.join("-", "bastion", command, run, environment)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_=.@-]", "-");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /**
     * The job's token for AWS. Empty where the job has keys or a role of its own, which come first, as in AWS's programs; and
     * where its CI gives no token.
     *
     * @throws StepFailed when the CI gives one and it cannot be read
     */
    Optional<String> token() {
        if (!variable("AWS_ACCESS_KEY_ID").isEmpty()
                || !variable("AWS_ROLE_ARN").isEmpty()) {
            return Optional.empty();
        }
        if (!variable("AWS_WEB_IDENTITY_TOKEN_FILE").isEmpty()) {
            return Optional.of(fromFile(variable("AWS_WEB_IDENTITY_TOKEN_FILE")));
        }
        return variable("ACTIONS_ID_TOKEN_REQUEST_URL").isEmpty()
                ? Optional.empty()
                : Optional.of(fromGithub(variable("ACTIONS_ID_TOKEN_REQUEST_URL")));
    }

    private static String fromFile(String name) {
        try (InputStream file = Files.newInputStream(Path.of(name))) {
            return new String(file.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        } catch (IOException | IllegalArgumentException e) {
            throw new StepFailed(
                    "the file of AWS_WEB_IDENTITY_TOKEN_FILE, " + name + ", cannot be read. Correct the name", e);
        }
    }

    private String fromGithub(String address) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "&audience=" + AUDIENCE))
                .header("Authorization", "bearer " + variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))
                .timeout(PATIENCE)
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            String token =
                    new ObjectMapper().readTree(answer.body()).path("value").asText("");
            if (answer.statusCode() != 200 || token.isEmpty()) {
                throw new StepFailed(noToken("it answered with status " + answer.statusCode()));
            }
            return token;
        } catch (JsonProcessingException e) {
            throw new StepFailed(noToken("its answer is not JSON"), e);
        } catch (IOException e) {
            throw new StepFailed(noToken("it did not answer"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailed("stopped while waiting for GitHub's token", e);
        }
    }

    private static String noToken(String why) {
        return "GitHub gave the job no token for AWS: " + why
                + ". Give the job the permission id-token: write, and start the run again";
    }

    private String variable(String name) {
        return variables.getOrDefault(name, "");
    }
}
