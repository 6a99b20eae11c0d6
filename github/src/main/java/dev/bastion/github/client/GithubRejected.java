package dev.bastion.github.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.StringJoiner;
import okhttp3.Headers;

/** GitHub's "no": asking again would not change it. */
public final class GithubRejected extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    private final int status;
    private final String said;

    private GithubRejected(String asked, int status, String said) {
        super("GitHub answered " + status + " to " + asked + ": " + said);
        this.status = status;
        this.said = said;
    }

    static GithubRejected of(ApiCall call, ApiResponse reply) {
        return new GithubRejected(call.toString(), reply.status(), sentence(reply.json()));
    }

    /** An app was given no token for what it is installed in; the library's message ends with GitHub's answer. */
    static GithubRejected token(int status, IOException cause) {
        String told = String.valueOf(cause.getMessage());
        JsonNode json = new ApiResponse(status, Headers.of(), told.substring(Math.max(0, told.indexOf('{')))).json();
        GithubRejected refused =
                new GithubRejected("the app's key", status, json.has("message") ? sentence(json) : told);
        refused.initCause(cause);
        return refused;
    }

    public int status() {
        return status;
    }

    /** Its message and the errors beneath it, as one line. */
    String said() {
        return said;
    }

    /** {@code {"message": "Validation Failed", "errors": [{"message": "…"}]}}, where an error may be a text as well. */
    public static String sentence(JsonNode body) {
        StringJoiner sentence = new StringJoiner("; ");
        sentence.add(body.path("message").asText("nothing"));
        for (JsonNode error : body.path("errors")) {
            sentence.add(
                    error.isTextual()
                            ? error.asText()
                            : error.path("message")
                                    .asText(error.path("field").asText("") + " "
                                            + error.path("code").asText("")));
        }
        String line = sentence.toString().replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
