package dev.bastion.app.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.CheckFailed;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The findings about logins of {@code people.yaml} that GitHub does not know, or that may not see the repository;
 * also while the policy cannot be read for another reason.
 */
final class GithubLogins {
    private static final YAMLMapper MAPPER = new YAMLMapper();
    private static final int MOST = 30;

    private final GithubClient github;

    GithubLogins(GithubClient github) {
        this.github = github;
    }

    /**
     * One call for each of the first {@value #MOST} people, so it is for a person who waits, not for the service.
     *
     * @param people the content of the people file
     */
    List<Finding> findings(byte[] people) {
        return logins(people).stream().flatMap(login -> finding(login).stream()).toList();
    }

    private static List<String> logins(byte[] people) {
        try {
            return StreamSupport.stream(MAPPER.readTree(people).path("people").spliterator(), false)
                    .map(person -> person.path("github"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .filter(login -> login.matches("[A-Za-z0-9_-]{1,64}"))
                    .limit(MOST)
                    .toList();
        } catch (IOException _) {
            return List.of(); // that the file cannot be read is said already
        }
    }

    private Optional<Finding> finding(String login) {
        String subject = "login " + login;
        try {
            JsonNode answer = github.rest().get("collaborators", login, "permission");
            return answer.path("permission").asText().equals("none")
                    ? Optional.of(Finding.warning(
                            Area.LEDGER,
                            subject,
                            "this account may not see the repository, so an approval of theirs never counts",
                            "give the account access to the repository"))
                    : Optional.empty();
        } catch (GithubRejected e) {
            return e.status() == 404
                    ? Optional.of(Finding.problem(
                            Area.LEDGER,
                            subject,
                            "GitHub has no such account, so an approval of theirs never counts",
                            "correct github: of their entry in people.yaml"))
                    : Optional.empty(); // the service's account may not ask
        } catch (IOException e) {
            throw new CheckFailed("asking for the permission of " + login, e);
        }
    }
}
