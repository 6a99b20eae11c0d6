package dev.bastion.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything the service is told from outside; see {@code app/bastion.example.yaml}, which is the manual. One record for
 * each subject.
 */
public record Settings(
        Slack slack, Ledger ledger, Github github, Aws aws, Schedule schedule, Grace grace, Http http, Log log) {
    /** The workspace the service talks in. */
    public record Slack(Secret appToken, Secret botToken, String channel, URI apiUrl) {}

    /** How what the service writes by itself gets into the branch. */
    public enum Reversions {
        /** By a push. */
        DIRECT,
        /** By a pull request that it merges itself, where nobody may push. */
        PULL_REQUEST
    }

    /** The git remote that holds the environments, and the clone of it. */
    public record Ledger(
            String remote,
            String branch,
            Path directory,
            String environments,
            String username,
            Secret token,
            String sshKey,
            String committerName,
            String committerEmail,
            Reversions reversions) {}

    /** The forge, for what CI reports; without a repository nothing is asked of it. */
    public record Github(
            URI apiUrl, String repository, Secret token, String appId, Secret appPrivateKey, String appInstallation) {}

    /** Where bastions are seen; an empty endpoint is AWS itself. */
    public record Aws(String region, String endpoint) {}

    public record Schedule(Duration sweepEvery, Duration lookEvery, Duration proposalsEvery) {}

    public record Grace(Duration alarm, Duration termination) {}

    public record Http(String host, int port) {}

    public record Log(String format) {}
}
