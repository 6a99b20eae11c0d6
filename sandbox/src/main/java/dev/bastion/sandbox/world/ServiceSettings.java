package dev.bastion.sandbox.world;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The service's configuration for a sandbox, as environment variables. */
final class ServiceSettings {
    private ServiceSettings() {}

    /** @param grace how long an instance may exist without a grant until the service terminates it */
    static Map<String, String> of(Addresses world, String cloneFolder, SigningKey key, URI health, Duration grace) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("BASTION_SLACK_APP_TOKEN", world.slackAppToken());
        all.put("BASTION_SLACK_BOT_TOKEN", world.slackBotToken());
        all.put("BASTION_SLACK_CHANNEL", world.slackChannel());
        all.put("BASTION_SLACK_API_URL", world.slackApi().toString());
        all.put("BASTION_LEDGER_REMOTE", world.git().toString());
        all.put("BASTION_LEDGER_DIRECTORY", cloneFolder);
        all.put("BASTION_SIGNING_KEY_FILE", key.file().toString());
        all.put("BASTION_GITHUB_API_URL", world.githubApi().toString());
        all.put("BASTION_GITHUB_REPOSITORY", world.repository());
        all.put("BASTION_GITHUB_APP_ID", world.app().id());
        all.put("BASTION_GITHUB_APP_INSTALLATION", world.app().installation());
        all.put("BASTION_GITHUB_APP_PRIVATE_KEY_FILE", world.app().keyFile().toString());
        all.put("BASTION_AWS_REGION", world.awsRegion());
        all.put("BASTION_AWS_ENDPOINT", world.aws().toString());
        all.put("BASTION_SCHEDULE_LOOK_EVERY", "1s");
        all.put("BASTION_SCHEDULE_LEDGER_EVERY", "2s");
        all.put("BASTION_SCHEDULE_PROPOSALS_EVERY", "2s");
        all.put("BASTION_GRACE_ALARM", grace.multipliedBy(4).dividedBy(5).toSeconds() + "s");
        all.put("BASTION_GRACE_TERMINATION", grace.toSeconds() + "s");
        all.put("BASTION_HTTP_HOST", health.getHost());
        all.put("BASTION_HTTP_PORT", String.valueOf(health.getPort()));
        all.put("BASTION_LOG_FORMAT", "text");
        return all;
    }
}
