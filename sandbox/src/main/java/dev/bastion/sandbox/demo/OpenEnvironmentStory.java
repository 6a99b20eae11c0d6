package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.StoryContext.JANE;
import static dev.bastion.sandbox.demo.StoryContext.JOHN;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.PlainText;
import dev.bastion.sandbox.github.status.CommitStatus;
import dev.bastion.sandbox.page.CiRun;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.slack.conversation.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The demo's story of an environment without approval: John requests dev, connects and sends a query, extends it; Jane
 * is refused; the service is killed and restarted; the grant expires, and the ledger says who connected.
 */
final class OpenEnvironmentStory {
    private static final String DEV = "dev";
    private static final Duration MOMENT = Duration.ofSeconds(15);
    private static final Duration APPLY = Duration.ofMinutes(2);
    /** The latest push of a reversion while all components are up. */
    private static final Duration PUNCTUAL = Duration.ofSeconds(2);

    private final StoryContext context;
    private final Narrator narrator;
    private final SessionStory sessions;
    private final String length;

    /** @param length of the grant, as John types it: long enough for what is played while it is open */
    OpenEnvironmentStory(StoryContext context, String length) {
        this.context = context;
        this.length = length;
        this.narrator = context.narrator();
        this.sessions = new SessionStory(context);
    }

    /** The grant, ready. */
    record Granted(String request, InstanceView bastion) {}

    /** Plays up to the restart of the service. */
    Granted playUntilRestarted() {
        LedgerCommit open = asked();
        String request = open.trailer("Bastion-Request-Id").orElseThrow();
        InstanceView bastion = becomesReady(open, request);
        connects(bastion);
        sessions.query(JOHN, bastion);
        killedAndBack(request);
        return new Granted(request, bastion);
    }

    /** Plays the extension; only the expiry is left. */
    Open playExtension(Granted granted) {
        LedgerCommit extend = extended(granted.request(), granted.bastion());
        secondPersonRefused();
        context.terraform().nothingToDo(DEV);
        narrator.observed("second plan", "empty: Terraform would change nothing while dev is open");
        return new Open(granted.request(), extend);
    }

    /** The open grant, and the extension that set its end. */
    record Open(String request, LedgerCommit extend) {}

    private LedgerCommit asked() {
        narrator.chapter("John requests dev, which needs no approval");
        List<LedgerCommit> before = context.ledger().all();
        context.channel().command(JOHN, "create dev " + length + " INC-12 slow query on orders");
        LedgerCommit open = context.ledger().awaitCommit("open", DEV, MOMENT, before);
        narrator.observed("committed", open.shortId() + " " + open.subject());
        return open;
    }

    private InstanceView becomesReady(LedgerCommit open, String request) {
        Message message = context.channel().awaitStage(request, "applying", MOMENT);
        narrator.observed("announced", PlainText.firstLine(message.text()));
        CiRun run = context.ciAndAws().awaitRun(DEV, open.id(), APPLY);
        narrator.observed("applied", "CI run " + run.id() + ": " + run.detail());
        CommitStatus status = context.ciAndAws().awaitStatus(DEV, open.id(), MOMENT);
        narrator.observed(
                "reported", status.context() + " is " + status.state() + " on the commit: " + status.targetUrl());
        InstanceView bastion = context.ciAndAws().awaitOnline(DEV, MOMENT);
        Message ready = context.channel().awaitStage(request, "ready", MOMENT);
        narrator.observed("ready", PlainText.firstLine(ready.text()) + " (" + bastion.id() + ")");
        context.channel().awaitDirectMessage(JOHN, "is open for you", MOMENT);
        narrator.observed("notified", "John has a direct message with the commands to connect");
        return bastion;
    }

    private void connects(InstanceView bastion) {
        List<Message> before = context.channel().ephemerals(JOHN);
        context.channel().command(JOHN, "connect dev");
        String answer = context.channel()
                .awaitEphemeral(
                        JOHN, "how to connect, with the instance", before, "aws ssm start-session", bastion.id());
        narrator.observed("commands", "only John sees how to connect:");
        narrator.quote(commands(answer));
    }

    private void killedAndBack(String request) {
        narrator.chapter("The service is killed (kill -9) and restarted");
        String head = context.ledger().head();
        long before = context.world().service().pid();
        context.world().service().kill();
        Await.require(!context.world().service().isRunning(), "the service to be gone after kill -9");
        narrator.observed("killed", "process " + before + " is killed; the grant stays open");
        context.world().startService();
        Await.require(context.ledger().head().equals(head), "an unchanged ledger after a restart");
        context.channel().awaitStage(request, "ready", MOMENT);
        narrator.observed(
                "restarted",
                "process " + context.world().service().pid()
                        + " is ready; the message is still the same one, and there is no new commit");
    }

    private LedgerCommit extended(String request, InstanceView bastion) {
        narrator.chapter("John extends his access; Jane requests dev, too, and is refused");
        List<LedgerCommit> before = context.ledger().all();
        context.channel().command(JOHN, "extend dev 30s");
        LedgerCommit extend = context.ledger().awaitCommit("extend", DEV, MOMENT, before);
        Await.require(
                extend.trailer("Bastion-Request-Id").filter(request::equals).isPresent(),
                "the same request id in the extension");
        narrator.observed("extended", extend.shortId() + " " + extend.subject());
        context.channel().awaitEnd(request, extend.expiresAt(), MOMENT);
        narrator.observed("message edited", "the same message shows the later end");
        context.ciAndAws().awaitRun(DEV, extend.id(), APPLY);
        List<InstanceView> notTerminated = context.ciAndAws().notTerminated(DEV);
        Await.require(
                notTerminated.size() == 1
                        && notTerminated.getFirst().id().equals(bastion.id())
                        && extend.expiresAt().equals(notTerminated.getFirst().expires()),
                "the same instance with the later end in its tags; there is " + notTerminated);
        narrator.observed("not replaced", bastion.id() + " is still the instance, with the later end in its tags");
        return extend;
    }

    private void secondPersonRefused() {
        String head = context.ledger().head();
        List<Message> before = context.channel().ephemerals(JANE);
        context.channel().command(JANE, "create dev 10m I would like it too");
        String answer = context.channel().awaitEphemeral(JANE, "a refusal that names the holder", before, JOHN);
        Await.require(context.ledger().head().equals(head), "no commit for a refusal");
        narrator.observed("refused", PlainText.firstLine(answer));
    }

    void playExpiry(Open open) {
        String request = open.request();
        narrator.chapter("John's access to dev expires");
        Instant end = open.extend().expiresAt();
        Duration left = Duration.between(Instant.now(), end);
        Message warned = context.channel()
                .awaitStage(request, "ends_soon", positive(left).plus(MOMENT));
        narrator.observed("warned", PlainText.firstLine(SlackChannel.textAt(warned, "ends_soon")));
        context.channel().awaitDirectMessage(JOHN, "expires", MOMENT);

        LedgerCommit expire = context.ledger()
                .awaitCommit(
                        "expire",
                        DEV,
                        positive(Duration.between(Instant.now(), end)).plus(MOMENT),
                        List.of());
        Duration late = Duration.between(end, context.ledger().pushedAt(expire));
        Await.require(
                late.compareTo(PUNCTUAL) < 0, "a reversion within " + PUNCTUAL.toSeconds() + " s; it took " + late);
        Await.require(!late.isNegative(), "no reversion before the end; it came " + late.negated() + " early");
        narrator.observed(
                "expired",
                expire.shortId() + " " + expire.subject() + ", pushed " + late.toMillis() + " ms after the end");
        new BastionGoneCheck(context).check(DEV, request, expire);
        sessions.recorded(JOHN, DEV, request);
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static String commands(String answer) {
        return answer.lines()
                .filter(line -> line.contains("aws ssm") || line.contains("psql"))
                .distinct()
                .map(line -> line.replace("`", ""))
                .collect(Collectors.joining("\n"));
    }
}
