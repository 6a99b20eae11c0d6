package dev.bastion.github.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The comments of a program on pull requests: one for each subject, which later ones replace. */
public final class PullRequestComments {
    private static final String PROGRAM = "Bot";

    private final GithubClient github;

    public PullRequestComments(GithubClient github) {
        this.github = github;
    }

    /**
     * Writes a comment, or replaces the one on the same subject. A person's comment is never replaced.
     *
     * @param subject names it, like {@code bastion plan dev}; invisible to readers
     * @param text Markdown
     * @throws dev.bastion.access.fault.ObservationFailed when GitHub refuses or does not answer
     */
    public void put(int number, String subject, String text) {
        String mark = "<!-- " + subject + " -->\n";
        FaultTranslation.onRead("commenting on pull request #" + number, () -> {
            Optional<String> earlier = find(number, mark);
            Map<String, String> body = Map.of("body", mark + text);
            if (earlier.isPresent()) {
                github.rest().send("PATCH", body, "issues", "comments", earlier.get());
            } else {
                github.rest().send("POST", body, "issues", Integer.toString(number), "comments");
            }
            return number;
        });
    }

    private Optional<String> find(int number, String mark) throws IOException {
        return github.rest().list(JsonNode[].class, "issues", Integer.toString(number), "comments").stream()
                .filter(comment -> comment.path("body").asText().startsWith(mark))
                .filter(comment -> comment.path("user").path("type").asText().equals(PROGRAM))
                .map(comment -> comment.path("id").asText())
                .findFirst();
    }
}
