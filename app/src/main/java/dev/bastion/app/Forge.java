package dev.bastion.app;

import dev.bastion.access.AccessPolicy;
import dev.bastion.access.Announcer;
import dev.bastion.access.CheckConsent;
import dev.bastion.access.CheckPullRequests;
import dev.bastion.access.EnvironmentRules;
import dev.bastion.access.ExpiryTimer;
import dev.bastion.access.GrantLedger;
import dev.bastion.access.ProposalBoard;
import dev.bastion.access.SettleProposals;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.app.config.Settings;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.github.ForgeUse;
import dev.bastion.ledger.github.GithubPullRequests;
import dev.bastion.ledger.github.GithubRules;
import dev.bastion.ledger.github.GithubSettings;
import dev.bastion.ledger.github.PullRequests;
import dev.bastion.scheduler.QuartzScheduling;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The part of the service that works at the forge, where it was given one: others decide there, and its rules are watched. */
final class Forge implements AutoCloseable {
    private static final Duration RULES_EVERY = Duration.ofMinutes(10);

    private final Settings settings;
    private final InstantSource clock;
    private final GithubPullRequests pulls;
    private final GithubRules rules;
    private final Consumer<String> channel;
    private final MeterRegistry metrics;
    private volatile Optional<ForgeWatch> watch = Optional.empty();

    /** @param channel takes an alarm */
    Forge(
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

    ProposalBoard board(GitGrantLedger git) {
        return git.proposals(pulls, clock);
    }

    /** What waits for approval is looked at often, what is open without one as often as anything else that is open. */
    void schedule(
            QuartzScheduling scheduling,
            GitGrantLedger git,
            GrantLedger ledger,
            ProposalBoard board,
            Announcer announcer,
            ExpiryTimer timer) {
        SettleProposals settle = new SettleProposals(ledger, board, announcer, timer, clock);
        CheckPullRequests check =
                new CheckPullRequests(ledger, board, git.pullRequests(pulls, new PolicyFiles()), clock);
        CheckConsent consent = new CheckConsent(ledger, board, announcer);
        scheduling.every(settings.schedule().proposalsEvery(), "proposals", settle::settle);
        scheduling.every(settings.schedule().proposalsEvery(), "pull-requests", check::check);
        scheduling.every(settings.schedule().sweepEvery(), "consent", consent::check);
        ForgeWatch watching =
                new ForgeWatch(() -> rules.problems(use(ledger.read().policy())), channel, metrics);
        watch = Optional.of(watching);
        scheduling.every(RULES_EVERY, "forge-rules", watching::look);
    }

    private ForgeUse use(AccessPolicy policy) {
        Settings.Ledger ledger = settings.ledger();
        boolean othersDecide = Stream.concat(Stream.of(policy.defaults()), policy.environments().values().stream())
                .mapToInt(EnvironmentRules::approvals)
                .anyMatch(approvals -> approvals > 0);
        return new ForgeUse(
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
