package dev.bastion.github.pulls;

import dev.bastion.github.client.ApiCall;
import dev.bastion.github.client.ApiResponse;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.RepositoryPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for reviews. GitHub asks all who are named or, when one of them cannot be asked, nobody. */
final class ReviewerRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ReviewerRequests.class);

    private final GithubClient calls;
    private final RepositoryPath here;

    ReviewerRequests(GithubClient calls, RepositoryPath here) {
        this.calls = calls;
        this.here = here;
    }

    void ask(int number, List<String> logins) throws IOException {
        if (logins.isEmpty() || asked(number, logins)) {
            return;
        }
        for (String login : logins) {
            if (logins.size() == 1 || !asked(number, List.of(login))) {
                LOG.atWarn()
                        .addKeyValue("pull", number)
                        .addKeyValue("login", login)
                        .log("github.reviewer-not-asked");
            }
        }
    }

    /** False when one of them is nobody, has no access, or opened it. */
    private boolean asked(int number, List<String> logins) throws IOException {
        ApiCall call = ApiCall.post(
                Map.of("reviewers", logins), here.to("pulls", Integer.toString(number), "requested_reviewers"));
        ApiResponse reply = calls.answer(call.asRepeatable());
        if (reply.status() == 422 || reply.status() == 404 || reply.status() == 403) {
            return false;
        }
        GithubClient.successful(call, reply);
        return true;
    }
}
