package dev.bastion.sandbox.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/**
 * The addresses and tokens of a running sandbox: all that a client needs.
 *
 * @param slackApi ends with a slash, as Slack's SDKs want it
 * @param git the ledger's remote, without credentials
 * @param repository its name on GitHub, {@code owner/name}
 * @param githubApi without a slash at the end
 * @param token for git (as the password) and for GitHub's REST
 * @param aws the emulator; any key opens it
 */
public record Addresses(
        URI page,
        URI slackApi,
        String slackAppToken,
        String slackBotToken,
        String slackChannel,
        URI git,
        String repository,
        URI githubApi,
        String token,
        URI aws,
        String awsRegion) {

    /** One JSON object, on several lines. */
    public String json() {
        ObjectNode all = new ObjectMapper().createObjectNode();
        all.put("page", page.toString());
        all.putObject("slack")
                .put("api_url", slackApi.toString())
                .put("app_token", slackAppToken)
                .put("bot_token", slackBotToken)
                .put("channel", slackChannel);
        all.putObject("git")
                .put("remote", git.toString())
                .put("username", "x-access-token")
                .put("token", token);
        all.putObject("github")
                .put("api_url", githubApi.toString())
                .put("repository", repository)
                .put("token", token);
        all.putObject("aws")
                .put("endpoint", aws.toString())
                .put("region", awsRegion)
                .put("access_key_id", "test")
                .put("secret_access_key", "test");
        return all.toPrettyString();
    }

    /** For people. */
    public String text() {
        return """
                page        %s
                slack       %s
                            app token %s, bot token %s, channel %s
                git         %s
                            any user name, password %s
                github      %s
                            repository %s, token %s
                aws         %s
                            region %s, any key
                """.formatted(
                        page,
                        slackApi,
                        slackAppToken,
                        slackBotToken,
                        slackChannel,
                        git,
                        token,
                        githubApi,
                        repository,
                        token,
                        aws,
                        awsRegion);
    }
}
