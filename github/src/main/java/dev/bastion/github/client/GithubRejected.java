package dev.bastion.github.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.StringJoiner;
import okhttp3.Request;
import org.kohsuke.github.GHIOException;

/** GitHub's refusal (4xx): the same request would be refused again until someone changes a setting. */
public final class GithubRejected extends GHIOException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LENGTH = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final String reason;
    private final String remedy;

    private GithubRejected(String message, int status, String reason, String permissions) {
        super(message);
        this.status = status;
        this.reason = reason;
        this.remedy = GithubRemedies.of(status, reason, permissions);
    }

    /**
     * @param request the method and the path
     * @param permissions the header {@code X-Accepted-GitHub-Permissions}; empty when there is none
     */
    static GithubRejected of(int status, byte[] body, String request, String permissions) {
        String reason = reason(body);
        String message = "GitHub answered " + status + " to " + request + ": " + reason;
        return new GithubRejected(message, status, reason, permissions);
    }

    /** GitHub pointed to another server than its own, by a redirect or a link to the next page. */
    static GithubRejected elsewhere(Request request, String reason) {
        return new GithubRejected(
                "GitHub's answer to " + request.method() + " was not followed: " + reason, 421, reason, "");
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** GitHub's message and the errors beneath it, as one line. */
    public String reason() {
        return reason;
    }

    /** Whether GitHub's plan for the repository lacks the feature: {@code Upgrade to GitHub Pro or make this … public}. */
    public boolean isForLackOfPlan() {
        return status == 403 && reason.startsWith("Upgrade to GitHub");
    }

    /** Whether GitHub does not know the commit or the branch, as happens for a moment after a push. */
    boolean isNotYet() {
        return status == 422 && (reason.contains("No commit found for SHA") || reason.contains("head invalid"));
    }

    /** What to change. */
    public String remedy() {
        return remedy;
    }

    /** {@code {"message": "Validation Failed", "errors": [{"message": "…"}]}}, where an error may be a text as well. */
    private static String reason(byte[] body) {
        JsonNode json = read(body);
        StringJoiner sentence = new StringJoiner("; ");
        sentence.add(json.path("message").asText("no reason given"));
        for (JsonNode error : json.path("errors")) {
            sentence.add(
                    error.isTextual()
                            ? error.asText()
                            : error.path("message")
                                    .asText(error.path("field").asText("") + " "
                                            + error.path("code").asText("")));
        }
        String line = sentence.toString().replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
    }

    /** A proxy in between answers with HTML. */
    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException _) {
            return JSON.missingNode();
        }
    }
}
