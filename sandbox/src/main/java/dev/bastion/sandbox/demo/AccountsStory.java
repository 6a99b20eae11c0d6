package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.StoryContext.JOHN;
import static dev.bastion.sandbox.demo.StoryContext.MAX;
import static dev.bastion.sandbox.world.SandboxAccount.PROD;
import static dev.bastion.sandbox.world.SandboxAccount.STAGING;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.PlainText;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.world.SandboxAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The demo's story of two AWS accounts in two regions, in a repository that {@code bastion init} made: John gets and extends
 * access in one, Max waits for Jane in the other, which then stops answering the service; only its own word says that its
 * bastion is gone.
 */
final class AccountsStory {
    private static final Duration MOMENT = Duration.ofSeconds(25);
    private static final Duration APPLY = Duration.ofMinutes(3);
    private static final String JANES_LOGIN = "janeroe";

    private final StoryContext context;
    private final Narrator narrator;

    AccountsStory(StoryContext context) {
        this.context = context;
        this.narrator = context.narrator();
    }

    /**
     * The two grants, open.
     *
     * @param staging John's request
     * @param extend its last extension
     * @param prod Max's request
     */
    record Open(String staging, LedgerCommit extend, String prod) {}

    /** Plays up to both grants being open. */
    Open playOpenings() {
        narrator.chapter("Two AWS accounts, two regions, in a repository that bastion init made");
        narrator.quote(context.ledger()
                .git()
                .run("ls-tree", "-r", "--name-only", "main")
                .lines()
                .filter(path -> !path.startsWith(".github/"))
                .collect(Collectors.joining("\n")));
        List<LedgerCommit> before = context.ledger().all();
        context.channel().command(JOHN, "create " + STAGING.environment() + " 2m INC-21 slow query");
        LedgerCommit open = context.ledger().awaitCommit("open", STAGING.environment(), MOMENT, before);
        context.channel().command(MAX, "create " + PROD.environment() + " 10m INC-22 replay payouts");
        LedgerCommit start = approved(pullRequest(), before);
        ready(STAGING, open);
        connects(JOHN, STAGING);
        LedgerCommit extend = extended(before);
        later(extend);
        ready(PROD, start);
        connects(MAX, PROD);
        return new Open(requestOf(open), extend, requestOf(start));
    }

    private static String requestOf(LedgerCommit commit) {
        return commit.trailer("Bastion-Request-Id").orElseThrow();
    }

    private PullRequest pullRequest() {
        PullRequest pull = Await.await(
                "a pull request for " + PROD.environment(),
                MOMENT,
                () -> context.world().github().pullRequests().stream()
                        .filter(open ->
                                open.isOpen() && open.branch().startsWith("bastion/" + PROD.environment() + "/"))
                        .findFirst());
        narrator.observed("pull request", "#" + pull.number() + ": " + pull.title());
        return pull;
    }

    private LedgerCommit approved(PullRequest pull, List<LedgerCommit> before) {
        Await.awaitTrue(
                "CI's plan for " + PROD.environment() + ", with the plan role of its account",
                APPLY,
                () -> context.world().github().statuses(pull.head()).stream()
                        .anyMatch(status -> status.context().equals("bastion/plan/" + PROD.environment())
                                && status.state().equals("success")));
        narrator.action(JANES_LOGIN, "[Approve] on #" + pull.number());
        context.world().github().as(JANES_LOGIN).approve(pull.number(), "");
        LedgerCommit start = context.ledger().awaitCommit("start", PROD.environment(), MOMENT, before);
        narrator.observed("approved", start.shortId() + " " + start.subject());
        return start;
    }

    private void ready(SandboxAccount account, LedgerCommit commit) {
        context.ciAndAws().awaitRun(account.environment(), commit.id(), APPLY);
        InstanceView bastion = Await.await(
                "a bastion online in the account " + account.key(),
                MOMENT,
                () -> bastions(account).stream()
                        .filter(instance -> instance.ssm().equals("Online"))
                        .findFirst());
        Message ready = context.channel().awaitStage(requestOf(commit), "ready", MOMENT);
        narrator.observed("ready", PlainText.firstLine(ready.text()));
        narrator.observed(
                "placed", bastion.id() + " is in account " + account.id() + ", " + account.region() + ", and no other");
        Await.require(
                others(account)
                        .noneMatch(other -> bastions(other, account).findAny().isPresent()),
                "no bastion of " + account.environment() + " in another account");
    }

    private static Stream<SandboxAccount> others(SandboxAccount account) {
        return Stream.of(STAGING, PROD).filter(other -> !other.equals(account));
    }

    /** The instances of an account's environment that are not terminated. */
    private List<InstanceView> bastions(SandboxAccount account) {
        return bastions(account, account).toList();
    }

    private Stream<InstanceView> bastions(SandboxAccount in, SandboxAccount of) {
        return context.world().place(in).instances().stream()
                .filter(instance -> instance.environment().equals(of.resourceName()))
                .filter(instance -> !instance.state().equals("terminated"));
    }

    private void connects(String who, SandboxAccount account) {
        List<Message> before = context.channel().ephemerals(who);
        context.channel().command(who, "connect " + account.environment());
        String command = "bastion connect " + account.environment() + " --region " + account.region() + " --profile "
                + account.profile() + " --psql";
        String answer = context.channel().awaitEphemeral(who, "the command with region and profile", before, command);
        narrator.observed("commands", "the command names the account's region and profile:");
        narrator.quote(answer.lines()
                .filter(line -> line.contains(command))
                .map(line -> line.replace("`", ""))
                .distinct()
                .collect(Collectors.joining("\n")));
    }

    private LedgerCommit extended(List<LedgerCommit> before) {
        context.channel().command(JOHN, "extend " + STAGING.environment() + " 20s");
        LedgerCommit extend = context.ledger().awaitCommit("extend", STAGING.environment(), MOMENT, before);
        narrator.observed("extended", extend.shortId() + " " + extend.subject());
        return extend;
    }

    /** Waits until the bastion has the later end. */
    private void later(LedgerCommit extend) {
        context.ciAndAws().awaitRun(STAGING.environment(), extend.id(), APPLY);
        Await.require(
                bastions(STAGING).stream()
                        .allMatch(bastion -> extend.expiresAt().equals(bastion.expires())),
                "the later end in the bastion's tags");
    }

    /** Plays how one account stops answering the service, and its holder ends the grant there; answers that commit. */
    LedgerCommit playSilence() {
        narrator.chapter("The account prod stops answering the service; Max ends his access there");
        List<LedgerCommit> before = context.ledger().all();
        context.world().emulator().faults().silence(PROD.role("watch"), true);
        String place = "account prod (" + PROD.id() + ", " + PROD.region() + ")";
        String said = Await.await(
                "/readyz naming the silent account",
                APPLY,
                () -> Optional.of(context.world().readiness())
                        .filter(text -> text.contains(place + " has not answered since")));
        narrator.observed("not answering", "/readyz: " + sentence(said, place));
        context.channel().command(MAX, "destroy " + PROD.environment());
        return context.ledger().awaitCommit("end", PROD.environment(), MOMENT, before);
    }

    /**
     * Plays what is left: the one grant expires, and of the other nobody says gone until its account answers again.
     *
     * @param end that of prod's grant
     */
    void playEnds(Open open, LedgerCommit end) {
        narrator.chapter("John's access expires; the account prod answers again");
        context.ciAndAws().awaitRun(PROD.environment(), end.id(), APPLY);
        Await.awaitTrue(
                "no bastion in the account prod", MOMENT, () -> bastions(PROD).isEmpty());
        narrator.observed(
                "destroyed", "CI removed prod's bastion with the account's apply role; the service cannot see that");
        expired(open);
        List<String> stages =
                SlackChannel.stages(context.channel().messageOf(open.prod()).orElseThrow());
        Await.require(
                stages.getLast().equals("closing") && !stages.contains("gone"),
                "no word that the bastion of the silent account is gone; its message showed " + stages);
        narrator.observed("not gone", "the message of prod's grant still says closing, since its account is silent");

        context.world().emulator().faults().silence(PROD.role("watch"), false);
        narrator.observed("gone", gone(PROD, open.prod()));
    }

    private static String sentence(String readiness, String place) {
        String rest = readiness.substring(readiness.indexOf(place));
        return rest.lines().findFirst().orElse(rest).split("\"")[0];
    }

    private void expired(Open open) {
        Instant end = open.extend().expiresAt();
        Duration left = Duration.between(Instant.now(), end);
        LedgerCommit expire = context.ledger()
                .awaitCommit(
                        "expire",
                        STAGING.environment(),
                        (left.isNegative() ? Duration.ZERO : left).plus(MOMENT),
                        List.of());
        narrator.observed("expired", expire.shortId() + " " + expire.subject());
        context.ciAndAws().awaitRun(STAGING.environment(), expire.id(), APPLY);
        narrator.observed("gone", gone(STAGING, open.staging()));
    }

    private String gone(SandboxAccount account, String request) {
        Message gone = context.channel().awaitStage(request, "gone", APPLY);
        Await.require(
                bastions(account).isEmpty() && !context.world().state(account).contains("\"aws_instance\""),
                "no bastion of " + account.environment() + ", in AWS and in Terraform's state");
        return PlainText.firstLine(gone.text());
    }

    /** Reads the ledger with git. */
    void playLedger() {
        narrator.chapter("The ledger of the two accounts, read with git");
        LedgerCheck check = new LedgerCheck(context.ledger().git(), narrator);
        check.check(List.of(STAGING.directory() + "/terragrunt.hcl", PROD.directory() + "/terragrunt.hcl"));
        narrator.print("\n$ git log --first-parent --format='%h %<(14)%an %s'");
        narrator.print(context.ledger().git().run("log", "--first-parent", "--format=%h %<(14)%an %s", "main"));
    }
}
