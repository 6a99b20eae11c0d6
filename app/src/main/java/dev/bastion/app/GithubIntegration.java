package dev.bastion.app;

import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.EnvironmentRules;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.app.config.Settings;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.PullRequests;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.pulls.GithubPullRequests;
import dev.bastion.github.rules.GithubRules;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.scheduler.QuartzScheduling;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The forge of the service: its pull requests, and the watch over its rules. */
final class GithubIntegration implements AutoCloseable {
    private static final Duration RULES_EVERY = Duration.ofMinutes(10);

    private final Settings settings;
    private final InstantSource clock;
    private final GithubPullRequests pulls;
    private final GithubRules rules;
    private final Consumer<String> channel;
    private final MeterRegistry metrics;
    private volatile Optional<RepositoryRulesMonitor> watch = Optional.empty();

    /** @param channel takes an alarm */
    GithubIntegration(
            Settings settings,
            GithubSettings github,
            Consumer<String> channel,
            MeterRegistry metrics,
            InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.pulls = new GithubPullRequests(github);
        this.rules = new GithubRules(github);
        this.channel = channel;
        this.metrics = metrics;
    }

    PullRequests pulls() {
        return pulls;
    }

    /** What its rules are against, for people, and what would mend it. */
    List<String> remarks() {
        return watch.map(known -> known.condition().remarks().get()).orElse(List.of());
    }

    GitForge of(GitGrantLedger git) {
        return git.forge(pulls, new PolicyFiles(), clock);
    }

    /** Watches whether the forge's rules let the service do its work under the policy that is in force. */
    void watchRules(QuartzScheduling scheduling, GrantLedger ledger) {
        RepositoryRulesMonitor watching = new RepositoryRulesMonitor(
                () -> rules.problems(use(ledger.lastSeen().policy())), channel, metrics);
        watch = Optional.of(watching);
        scheduling.every(RULES_EVERY, "forge-rules", watching::look);
    }

    private RequiredPermissions use(AccessPolicy policy) {
        Settings.Ledger ledger = settings.ledger();
        boolean othersDecide = Stream.concat(Stream.of(policy.defaults()), policy.environments().values().stream())
                .mapToInt(EnvironmentRules::approvals)
                .anyMatch(approvals -> approvals > 0);
        return new RequiredPermissions(
                ledger.branch(),
                ledger.reversions() == Settings.Reversions.DIRECT,
                othersDecide,
                ledger.committerEmail(),
                ledger.environments());
    }

    @Override
    public void close() {
        rules.close();
        pulls.close();
    }
}
