package dev.bastion.sandbox.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.github.account.Account;
import java.net.URI;

/**
 * The addresses and tokens of a running sandbox: all that a client needs.
 *
 * @param slackApi ends with a slash, as Slack's SDKs want it
 * @param git the ledger's remote, without credentials
 * @param repository its name on GitHub, {@code owner/name}
 * @param githubApi without a slash at the end
 * @param app with which a client of one's own works as the service does
 * @param person whose token is a password of git; the rules of the branch hold for them
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
        ServiceApp app,
        Account person,
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
                .put("username", person.login())
                .put("token", person.token());
        all.putObject("github")
                .put("api_url", githubApi.toString())
                .put("repository", repository)
                .put("app_id", app.id())
                .put("app_installation", app.installation())
                .put("app_private_key_file", app.keyFile().toString());
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
                            user %s, password %s
                github      %s
                            repository %s, app %s, installation %s, private key in
                            %s
                aws         %s
                            region %s, any key
                """.formatted(
                        page,
                        slackApi,
                        slackAppToken,
                        slackBotToken,
                        slackChannel,
                        git,
                        person.login(),
                        person.token(),
                        githubApi,
                        repository,
                        app.id(),
                        app.installation(),
                        app.keyFile(),
                        aws,
                        awsRegion);
    }
}
