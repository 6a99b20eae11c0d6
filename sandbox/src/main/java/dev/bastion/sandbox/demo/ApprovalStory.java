package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.StoryContext.JANE;
import static dev.bastion.sandbox.demo.StoryContext.MAX;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.PlainText;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.status.CommitStatus;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.slack.conversation.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The demo's story of a protected environment: Max requests prod, cannot approve his own request, Jane approves it, and
 * Max ends it early.
 */
final class ApprovalStory {
    private static final String PROD = "prod";
    private static final Duration MOMENT = Duration.ofSeconds(20);
    private static final Duration CI = Duration.ofMinutes(2);
    private static final String MAXS_LOGIN = "maxmustermann";
    private static final String JANES_LOGIN = "janeroe";

    private final StoryContext context;
    private final Narrator narrator;

    ApprovalStory(StoryContext context) {
        this.context = context;
        this.narrator = context.narrator();
    }

    /** The grant that Max ended, and the commit of its end. */
    record Ended(String request, LedgerCommit end) {}

    /** Plays up to the commit that ends the grant. */
    Ended playUntilEnded() {
        String head = context.ledger().head();
        PullRequest pull = asked();
        String request = pull.branch().substring(pull.branch().lastIndexOf('/') + 1);
        planned(pull);
        selfApprovalRefused(pull, request);
        Await.require(context.ledger().head().equals(head), "no commit on main before another person approves");
        LedgerCommit start = approved(pull, request);
        ready(request, start);
        return new Ended(request, endedEarly());
    }

    private PullRequest asked() {
        narrator.chapter("Max requests prod, which requires approval");
        context.channel().command(MAX, "create prod 10m INC-13 replay the failed payouts");
        PullRequest pull = Await.await(
                "a pull request for prod",
                MOMENT,
                () -> context.world().github().pullRequests().stream()
                        .filter(PullRequest::isOpen)
                        .filter(open -> open.branch().startsWith("bastion/" + PROD + "/"))
                        .findFirst());
        narrator.observed("pull request", "#" + pull.number() + " by " + pull.author() + ": " + pull.title());
        narrator.quote(changedLines(context.world().github().diff(pull)));
        return pull;
    }

    /** The lines that a diff removes and adds. */
    static String changedLines(String diff) {
        return diff.lines().filter(line -> line.matches("[+-] .*")).collect(Collectors.joining("\n"));
    }

    private void planned(PullRequest pull) {
        context.channel().awaitDirectMessage(JANE, "prod", MOMENT);
        narrator.observed("approver", "Jane has a direct message that asks her to review it");
        CommitStatus plan = Await.await(
                "CI's plan for prod",
                CI,
                () -> context.world().github().statuses(pull.head()).stream()
                        .filter(status -> status.context().equals("bastion/plan/" + PROD)
                                && !status.state().equals("pending"))
                        .findFirst());
        Await.require(plan.state().equals("success"), "a plan that succeeds; its status says " + plan.description());
        narrator.observed("planned", plan.context() + ": " + plan.description());
    }

    private void selfApprovalRefused(PullRequest pull, String request) {
        narrator.action(MAXS_LOGIN, "[Approve] on #" + pull.number());
        context.world().github().as(MAXS_LOGIN).approve(pull.number(), "looks good to me");
        Message waiting = Await.await(
                "the message of " + request + " saying that Max cannot approve his own request",
                MOMENT,
                () -> context.channel()
                        .messageOf(request)
                        .filter(message -> PlainText.text(message.readable()).contains(MAXS_LOGIN)));
        Await.require(
                context.world()
                        .github()
                        .pullRequest(pull.number())
                        .orElseThrow()
                        .isOpen(),
                "the pull request to stay open");
        narrator.observed("still waiting", PlainText.firstLine(waiting.text()));
        narrator.quote(PlainText.text(waiting.readable())
                .lines()
                .filter(line -> line.startsWith("•"))
                .collect(Collectors.joining("\n")));
    }

    private LedgerCommit approved(PullRequest pull, String request) {
        List<LedgerCommit> before = context.ledger().all();
        narrator.action(JANES_LOGIN, "[Approve] on #" + pull.number());
        context.world().github().as(JANES_LOGIN).approve(pull.number(), "");
        LedgerCommit open = context.ledger().awaitCommit("open", PROD, MOMENT, before);
        Await.require(
                open.trailer("Approved-By")
                        .filter(by -> by.contains(JANES_LOGIN) && by.contains("PR #" + pull.number()))
                        .isPresent(),
                "a merge commit whose trailers name the approver and the pull request: " + open.trailers());
        Await.require(
                open.trailer("Bastion-Request-Id").filter(request::equals).isPresent(),
                "the proposal's request id in the merge commit");
        narrator.observed("approved", open.shortId() + " " + open.subject());
        narrator.quote("Approved-By: " + open.trailer("Approved-By").orElseThrow());
        LedgerCommit start = context.ledger().awaitCommit("start", PROD, MOMENT, before);
        Duration left = Duration.between(Instant.now(), start.expiresAt());
        Await.require(left.toMinutes() < 10, "an end ten minutes after the approval, not " + left);
        narrator.observed("clock started", start.shortId() + " " + start.subject());
        return start;
    }

    private void ready(String request, LedgerCommit start) {
        context.ciAndAws().awaitRun(PROD, start.id(), CI);
        InstanceView bastion = context.ciAndAws().awaitOnline(PROD, MOMENT);
        Await.awaitTrue(
                "the approved end in the tags of " + bastion.id(),
                MOMENT,
                () -> context.ciAndAws().notTerminated(PROD).stream()
                        .anyMatch(notTerminated -> start.expiresAt().equals(notTerminated.expires())));
        Message ready = context.channel().awaitStage(request, "ready", MOMENT);
        narrator.observed("ready", PlainText.firstLine(ready.text()) + " (" + bastion.id() + ")");
    }

    private LedgerCommit endedEarly() {
        List<LedgerCommit> before = context.ledger().all();
        context.channel().command(MAX, "destroy prod");
        LedgerCommit end = context.ledger().awaitCommit("end", PROD, MOMENT, before);
        narrator.observed("ended", end.shortId() + " " + end.subject());
        return end;
    }

    void playGone(Ended ended) {
        narrator.chapter("Max's bastion of prod is destroyed");
        new BastionGoneCheck(context).check(PROD, ended.request(), ended.end());
    }
}
