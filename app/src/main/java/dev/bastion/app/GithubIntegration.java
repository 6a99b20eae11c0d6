package dev.bastion.app;

import dev.bastion.app.config.Settings;
import dev.bastion.github.PullRequests;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.pulls.GithubPullRequests;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import java.time.InstantSource;

/** What the service does at GitHub over its one client: pull requests, and the forge of the ledger. */
final class GithubIntegration {
    private final Settings settings;
    private final InstantSource clock;
    private final GithubPullRequests pulls;

    GithubIntegration(Settings settings, GithubClient github, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.pulls = new GithubPullRequests(github);
    }

    PullRequests pulls() {
        return pulls;
    }

    GitForge of(GitGrantLedger git) {
        return git.forge(pulls, ModuleSettings.PARSERS, clock, settings.github().ciLogin());
    }
}
