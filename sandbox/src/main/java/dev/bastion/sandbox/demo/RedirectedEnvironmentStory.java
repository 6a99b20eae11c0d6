package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.status.CommitStatus;
import java.time.Duration;

/**
 * The demo's story of an attack: John, who needs an approval for prod and none for dev, proposes that dev leads to prod's
 * database. The policy's status asks for the approvers of prod, and GitHub does not merge the pull request.
 */
final class RedirectedEnvironmentStory {
    private static final String LOGIN = "johndoe";
    private static final String BRANCH = "new-database-host";
    private static final String FILE = "environments/dev/bastion/terragrunt.hcl";
    private static final String POLICY = "bastion/policy";
    private static final Duration MOMENT = Duration.ofSeconds(30);

    private final StoryContext context;
    private final Narrator narrator;

    RedirectedEnvironmentStory(StoryContext context) {
        this.context = context;
        this.narrator = context.narrator();
    }

    void play() {
        narrator.chapter("John proposes that dev, which needs no approval, leads to prod's database");
        String head = context.ledger().head();
        PullRequest pull = propose();
        narrator.action(LOGIN, "pull request #" + pull.number() + ": " + pull.title());
        narrator.quote(ApprovalStory.changedLines(context.world().github().diff(pull)));
        CommitStatus status = Await.await(
                "the status " + POLICY + " on #" + pull.number(),
                MOMENT,
                () -> context.world().github().statuses(pull.head()).stream()
                        .filter(found -> found.context().equals(POLICY))
                        .findFirst());
        Await.require(
                !status.state().equals("success") && status.description().contains("prod"),
                POLICY + " that asks for the approvers of prod, not " + status.state() + ": " + status.description());
        narrator.observed(
                "checked",
                POLICY + " is " + status.state()
                        + ": the approvers of every environment with this database must agree");
        narrator.quote(status.description());
        narrator.action(LOGIN, "[Merge pull request] on #" + pull.number());
        narrator.observed("refused", "GitHub says: " + refusedMerge(pull));
        context.world().github().as(LOGIN).close(pull.number());
        Await.require(context.ledger().head().equals(head), "no commit on main after a refused merge");
    }

    private PullRequest propose() {
        String file = context.ledger().git().run("show", "main:" + FILE);
        ContributorClone.push(
                context.world(),
                LOGIN,
                BRANCH,
                "Use the new database host",
                FILE,
                file.replace("orders.dev.internal", "orders.prod.internal"));
        return context.world()
                .github()
                .as(LOGIN)
                .open(new NewPullRequest("Use the new database host", "", BRANCH, "main"));
    }

    private String refusedMerge(PullRequest pull) {
        try {
            context.world().github().as(LOGIN).merge(pull.number());
        } catch (GitHubException refused) {
            return refused.text().strip().replaceAll("\\s*\\R\\s*", ": ");
        }
        throw new NotObservedException("a refusal to merge #" + pull.number());
    }
}
