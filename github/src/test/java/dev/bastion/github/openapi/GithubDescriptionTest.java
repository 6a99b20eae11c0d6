package dev.bastion.github.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check itself: what differs from GitHub's description is found. */
class GithubDescriptionTest {
    private static final GithubDescription DESCRIPTION = GithubDescription.read();
    private static final String LABEL = """
            {"id": 1, "node_id": "x", "url": "https://api.github.com/x", "name": "bastion", "color": "5319e7",
             "default": false, "description": null}""";

    @Test
    void theExtractNamesItsSource() {
        assertThat(DESCRIPTION.info().path("x-source").asText()).startsWith("npm @octokit/openapi@");
        assertThat(DESCRIPTION.info().path("x-sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(DESCRIPTION.routes()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/repos/acme/environments/pull,no GET /repos/acme/environments/pull",
        "GET,/repos/acme/environments/statuses/abc,no GET",
        "GET,/repos/acme/environments/git/refs/heads/main,no GET",
        "PUT,/repos/acme/environments/pulls,no PUT",
        "DELETE,/repos/acme/environments/git/ref/heads/main,no DELETE",
        "GET,/repos/acme/environments/pulls/1/reviews/,no GET"
    })
    void aRouteThatGithubDoesNotDescribeIsFound(String method, String path, String problem) {
        assertThat(DESCRIPTION.problemsOfRequest(method, path, "", ""))
                .singleElement()
                .satisfies(found -> assertThat(found).contains(problem, "github/src/test/openapi/update.sh"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/repos/a/b/pulls,state=all&per_page=100",
        "GET,/repos/a/b/git/matching-refs/heads/bastion/prod/orders,''",
        "DELETE,/repos/a/b/git/refs/heads/bastion/prod/orders/1,''",
        "GET,/repos/a/b/rules/branches/release%2F1,page=2",
        "GET,/repos/a/b/activity,ref=refs/heads/x&per_page=100"
    })
    void aDescribedRequestIsNone(String method, String path, String query) {
        assertThat(DESCRIPTION.problemsOfRequest(method, path, query, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "states=all,the query parameter states is not described",
        "state=merged,query parameter state",
        "per_page=many,query parameter per_page"
    })
    void aWrongQueryParameterIsFound(String query, String problem) {
        assertThat(DESCRIPTION.problemsOfRequest("GET", "/repos/a/b/pulls", query, ""))
                .singleElement()
                .satisfies(found -> assertThat(found).contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"labels\": [\"x\"], \"label\": \"x\"}|the field label of the request is not described",
                "{\"labels\": [1]}|request",
                "not JSON|request"
            })
    void aWrongBodyIsFound(String body, String problem) {
        assertThat(DESCRIPTION.problemsOfRequest("POST", "/repos/a/b/issues/1/labels", "", body))
                .isNotEmpty()
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void aMissingBodyAndAMissingFieldAreFound() {
        assertThat(DESCRIPTION.problemsOfRequest("POST", "/repos/a/b/statuses/abc", "", ""))
                .containsExactly("POST /repos/{owner}/{repo}/statuses/{sha}: the body is missing");
        assertThat(DESCRIPTION.problemsOfRequest("POST", "/repos/a/b/statuses/abc", "", "{\"context\": \"x\"}"))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("required property 'state' not found"));
        assertThat(DESCRIPTION.problemsOfRequest("DELETE", "/repos/a/b/git/refs/heads/x", "", "{}"))
                .containsExactly("DELETE /repos/{owner}/{repo}/git/refs/{ref}: a body is sent, and none is described");
    }

    @Test
    void anAnswerWithoutARequiredFieldIsFound() {
        assertThat(answer(201, LABEL)).isEmpty();
        assertThat(answer(201, LABEL.replace("\"name\": \"bastion\", ", "")))
                .containsExactly("POST /repos/{owner}/{repo}/labels: 201 : required property 'name' not found");
    }

    @Test
    void anAnswerOfTheWrongTypeOrStatusIsFound() {
        assertThat(answer(201, LABEL.replace("\"id\": 1", "\"id\": \"1\""))).hasSize(1);
        assertThat(answer(201, LABEL.replace("https://api.github.com/x", "not an address")))
                .hasSize(1);
        assertThat(answer(200, LABEL))
                .containsExactly("POST /repos/{owner}/{repo}/labels: the status 200 is not described");
        assertThat(answer(422, "{\"errors\": 1}")).isNotEmpty();
        assertThat(answer(422, "{\"message\": \"Validation Failed\", \"documentation_url\": \"https://x\"}"))
                .isEmpty();
        assertThat(answer(502, "<html>"))
                .as("GitHub describes no such error here")
                .isEmpty();
        assertThat(answer(304, "")).isEmpty();
    }

    private static List<String> answer(int status, String body) {
        return DESCRIPTION.problems(
                new Exchange("POST", "/repos/a/b/labels", "", "{\"name\": \"bastion\"}", status, body));
    }
}
