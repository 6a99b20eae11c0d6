package dev.bastion.app;

import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.app.config.Settings;
import dev.bastion.github.PullRequests;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
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

/** What the service does at GitHub over its one client: pull requests, and the monitor of the repository's rules. */
final class GithubIntegration {
    private static final Duration RULES_EVERY = Duration.ofMinutes(10);

    private final Settings settings;
    private final GithubClient github;
    private final InstantSource clock;
    private final GithubPullRequests pulls;
    private final GithubRules rules;
    private final AlarmRecorder alarms;
    private final MeterRegistry metrics;
    private volatile Optional<RepositoryRulesMonitor> monitor = Optional.empty();

    GithubIntegration(
            Settings settings,
            GithubClient github,
            AlarmRecorder alarms,
            MeterRegistry metrics,
            InstantSource clock) {
        this.settings = settings;
        this.github = github;
        this.clock = clock;
        this.pulls = new GithubPullRequests(github);
        this.rules = new GithubRules(github);
        this.alarms = alarms;
        this.metrics = metrics;
    }

    PullRequests pulls() {
        return pulls;
    }

    /** The problems of the repository's rules with their remedies, one line each; empty before the first check. */
    List<String> remarks() {
        return monitor.map(known -> known.condition().remarks().get()).orElse(List.of());
    }

    GitForge of(GitGrantLedger git) {
        return git.forge(pulls, ModuleSettings.PARSERS, clock, settings.github().ciLogin());
    }

    /** Starts the periodic check that the repository's rules allow what the service does under the current policy. */
    void watchRules(QuartzScheduling scheduling, GrantLedger ledger) {
        RepositoryRulesMonitor started = new RepositoryRulesMonitor(
                () -> rules.problems(permissions(ledger.lastSeen().policy())), alarms, metrics);
        monitor = Optional.of(started);
        scheduling.every(RULES_EVERY, "github-rules", started::look);
    }

    private RequiredPermissions permissions(AccessPolicy policy) {
        Settings.Ledger ledger = settings.ledger();
        boolean needsApprovals = policy.environments()
                .all()
                .mapToInt(EnvironmentRules::approvals)
                .anyMatch(approvals -> approvals > 0);
        return new RequiredPermissions(
                ledger.branch(),
                ledger.reversions() == Settings.Reversions.DIRECT,
                needsApprovals,
                CommitterEmail.of(settings, Optional.of(github)),
                ledger.environments());
    }
}
