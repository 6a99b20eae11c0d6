package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.Cast.JANE;
import static dev.bastion.sandbox.demo.Cast.MAX;

import dev.bastion.sandbox.github.CommitStatus;
import dev.bastion.sandbox.github.PullRequest;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.slack.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The half in which somebody else must agree: Max asks for prod, cannot approve it himself, Jane does, and he ends it early. */
final class ApprovedStory {
    private static final String PROD = "prod";
    private static final Duration MOMENT = Duration.ofSeconds(20);
    private static final Duration CI = Duration.ofMinutes(2);
    private static final String MAXS_LOGIN = "maxmustermann";
    private static final String JANES_LOGIN = "janeroe";

    private final Cast cast;
    private final Narrator narrator;

    ApprovedStory(Cast cast) {
        this.cast = cast;
        this.narrator = cast.narrator();
    }

    void play() {
        String head = cast.ledger().head();
        PullRequest pull = asked();
        String request = pull.branch().substring(pull.branch().lastIndexOf('/') + 1);
        planned(pull);
        selfApprovalRefused(pull, request);
        Eyes.require(cast.ledger().head().equals(head), "no commit on main before somebody else has approved");
        Commit start = approved(pull, request);
        ready(request, start);
        endedEarly(request);
    }

    private PullRequest asked() {
        narrator.headline("Max needs prod, where somebody else must agree");
        cast.channel().types(MAX, "create prod 10m INC-13 replay the failed payouts");
        PullRequest pull = Eyes.await(
                "a pull request for prod",
                MOMENT,
                () -> cast.world().github().pullRequests().stream()
                        .filter(PullRequest::isOpen)
                        .filter(open -> open.branch().startsWith("bastion/" + PROD + "/"))
                        .findFirst());
        narrator.observed("proposed", "#" + pull.number() + " by " + pull.author() + ": " + pull.title());
        narrator.quote(changedLines(cast.world().github().diff(pull)));
        return pull;
    }

    private static String changedLines(String diff) {
        return diff.lines().filter(line -> line.matches("[+-] .*")).collect(java.util.stream.Collectors.joining("\n"));
    }

    private void planned(PullRequest pull) {
        cast.channel().direct(JANE, "prod", MOMENT);
        narrator.observed("asked", "Jane has a direct message that asks her to look at it");
        CommitStatus plan = Eyes.await(
                "CI's plan for prod",
                CI,
                () -> cast.world().github().statuses(pull.head()).stream()
                        .filter(status -> status.context().equals("bastion/plan/" + PROD)
                                && !status.state().equals("pending"))
                        .findFirst());
        Eyes.require(plan.state().equals("success"), "a plan that succeeds; it says " + plan.description());
        narrator.observed("planned", plan.context() + ": " + plan.description());
    }

    private void selfApprovalRefused(PullRequest pull, String request) {
        narrator.types(MAXS_LOGIN, "[Approve] on #" + pull.number());
        cast.world().github().as(MAXS_LOGIN).approve(pull.number(), "looks good to me");
        Message waiting = Eyes.await(
                "the message of " + request + " saying that Max cannot approve his own request",
                MOMENT,
                () -> cast.channel()
                        .ofRequest(request)
                        .filter(message -> PlainText.text(message.readable()).contains(MAXS_LOGIN)));
        Eyes.require(
                cast.world().github().pullRequest(pull.number()).orElseThrow().isOpen(), "a pull request still open");
        narrator.observed("not enough", PlainText.firstLine(waiting.text()));
        narrator.quote(PlainText.text(waiting.readable())
                .lines()
                .filter(line -> line.startsWith("•"))
                .collect(java.util.stream.Collectors.joining("\n")));
    }

    private Commit approved(PullRequest pull, String request) {
        List<Commit> before = cast.ledger().all();
        narrator.types(JANES_LOGIN, "[Approve] on #" + pull.number());
        cast.world().github().as(JANES_LOGIN).approve(pull.number(), "");
        Commit open = cast.ledger().await("open", PROD, MOMENT, before);
        Eyes.require(
                open.trailer("Approved-By")
                        .filter(by -> by.contains(JANES_LOGIN) && by.contains("PR #" + pull.number()))
                        .isPresent(),
                "a merge commit that says who approved, and where: " + open.trailers());
        Eyes.require(
                open.trailer("Bastion-Request-Id").filter(request::equals).isPresent(),
                "the request id of the proposal in the merge");
        narrator.observed("approved", open.shortId() + " " + open.subject());
        narrator.quote("Approved-By: " + open.trailer("Approved-By").orElseThrow());
        Commit start = cast.ledger().await("start", PROD, MOMENT, before);
        Duration left = Duration.between(Instant.now(), start.expiresAt());
        Eyes.require(left.toMinutes() < 10, "ten minutes from the approval on, not " + left);
        narrator.observed("clock started", start.shortId() + " " + start.subject());
        return start;
    }

    private void ready(String request, Commit start) {
        cast.works().awaitRun(PROD, start.id(), CI);
        InstanceView bastion = cast.works().awaitOnline(PROD, MOMENT);
        Eyes.awaitTrue(
                "the end that was approved in the tags of " + bastion.id(),
                MOMENT,
                () -> cast.works().living(PROD).stream()
                        .anyMatch(living -> start.expiresAt().equals(living.expires())));
        Message ready = cast.channel().await(request, "ready", MOMENT);
        narrator.observed("ready", PlainText.firstLine(ready.text()) + " (" + bastion.id() + ")");
    }

    private void endedEarly(String request) {
        List<Commit> before = cast.ledger().all();
        cast.channel().types(MAX, "destroy prod");
        Commit end = cast.ledger().await("end", PROD, MOMENT, before);
        narrator.observed("ended early", end.shortId() + " " + end.subject());
        new Gone(cast).observe(PROD, request, end);
    }
}
