package dev.bastion.sandbox.demo;

import static dev.bastion.sandbox.demo.StoryContext.JANE;
import static dev.bastion.sandbox.demo.StoryContext.JOHN;

import dev.bastion.sandbox.github.status.CommitStatus;
import dev.bastion.sandbox.page.CiRun;
import dev.bastion.sandbox.page.InstanceView;
import dev.bastion.sandbox.slack.conversation.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The demo's story of an environment without approval: John requests dev, connects, extends it; Jane is refused; the
 * service is killed and restarted; the grant expires.
 */
final class OpenEnvironmentStory {
    private static final String DEV = "dev";
    private static final Duration MOMENT = Duration.ofSeconds(15);
    private static final Duration APPLY = Duration.ofMinutes(2);
    /** How late a reversion may be pushed when everything is up. */
    private static final Duration PUNCTUAL = Duration.ofSeconds(2);

    private final StoryContext cast;
    private final Narrator narrator;

    OpenEnvironmentStory(StoryContext cast) {
        this.cast = cast;
        this.narrator = cast.narrator();
    }

    /** Up to where nothing is left to do but to wait for the end. */
    Open opens() {
        LedgerCommit open = asked();
        String request = open.trailer("Bastion-Request-Id").orElseThrow();
        InstanceView bastion = becomesReady(open, request);
        connects(bastion);
        killedAndBack(request);
        LedgerCommit extend = extended(request, bastion);
        secondPersonRefused();
        cast.terraform().nothingToDo(DEV);
        narrator.observed("second plan", "empty: Terraform has nothing to do while dev is open");
        return new Open(request, extend);
    }

    /** What is open, and the extension that gave it its end. */
    record Open(String request, LedgerCommit extend) {}

    private LedgerCommit asked() {
        narrator.headline("John needs the database of dev");
        List<LedgerCommit> before = cast.ledger().all();
        cast.channel().types(JOHN, "create dev 2m INC-12 slow query on orders");
        LedgerCommit open = cast.ledger().await("open", DEV, MOMENT, before);
        narrator.observed("asked", open.shortId() + " " + open.subject());
        return open;
    }

    private InstanceView becomesReady(LedgerCommit open, String request) {
        Message message = cast.channel().await(request, "applying", MOMENT);
        narrator.observed("applying", PlainText.firstLine(message.text()));
        CiRun run = cast.works().awaitRun(DEV, open.id(), APPLY);
        narrator.observed("applied", "CI run " + run.id() + ": " + run.detail());
        CommitStatus status = cast.works().awaitStatus(DEV, open.id(), MOMENT);
        narrator.observed(
                "reported", status.context() + " is " + status.state() + " on the commit: " + status.targetUrl());
        InstanceView bastion = cast.works().awaitOnline(DEV, MOMENT);
        Message ready = cast.channel().await(request, "ready", MOMENT);
        narrator.observed("ready", PlainText.firstLine(ready.text()) + " (" + bastion.id() + ")");
        cast.channel().direct(JOHN, "is open for you", MOMENT);
        narrator.observed("told", "John has a direct message with the commands");
        return bastion;
    }

    private void connects(InstanceView bastion) {
        List<Message> before = cast.channel().ephemerals(JOHN);
        cast.channel().types(JOHN, "connect dev");
        String answer = cast.channel()
                .whisper(JOHN, "how to connect, with the instance", before, "aws ssm start-session", bastion.id());
        narrator.observed("connect", "John alone sees the commands");
        narrator.quote(commands(answer));
    }

    private void killedAndBack(String request) {
        narrator.headline("The service is killed (kill -9) and started again");
        String head = cast.ledger().head();
        long before = cast.world().service().pid();
        cast.world().service().kill();
        Await.require(!cast.world().service().isRunning(), "the service dead after kill -9");
        narrator.observed("killed", "process " + before + " is dead, nothing was said to anybody");
        cast.world().startService();
        Await.require(cast.ledger().head().equals(head), "an unchanged ledger after a restart");
        cast.channel().await(request, "ready", MOMENT);
        narrator.observed("back", "process " + cast.world().service().pid() + " is ready; one message, no new commit");
    }

    private LedgerCommit extended(String request, InstanceView bastion) {
        narrator.headline("John needs a little longer; Jane would like it too");
        List<LedgerCommit> before = cast.ledger().all();
        cast.channel().types(JOHN, "extend dev 30s");
        LedgerCommit extend = cast.ledger().await("extend", DEV, MOMENT, before);
        Await.require(
                extend.trailer("Bastion-Request-Id").filter(request::equals).isPresent(),
                "the same request id in the extension");
        narrator.observed("extended", extend.shortId() + " " + extend.subject());
        cast.channel().awaitEnd(request, extend.expiresAt(), MOMENT);
        narrator.observed("edited", "the same message shows the later end");
        cast.works().awaitRun(DEV, extend.id(), APPLY);
        List<InstanceView> living = cast.works().living(DEV);
        Await.require(
                living.size() == 1
                        && living.getFirst().id().equals(bastion.id())
                        && extend.expiresAt().equals(living.getFirst().expires()),
                "the same instance with the later end in its tags; there is " + living);
        narrator.observed("in place", bastion.id() + " is the same instance, with the later end in its tags");
        return extend;
    }

    private void secondPersonRefused() {
        String head = cast.ledger().head();
        List<Message> before = cast.channel().ephemerals(JANE);
        cast.channel().types(JANE, "create dev 10m I would like it too");
        String answer = cast.channel().whisper(JANE, "a refusal that names the holder", before, JOHN);
        Await.require(cast.ledger().head().equals(head), "no commit for a refusal");
        narrator.observed("refused", PlainText.firstLine(answer));
    }

    void ends(Open open) {
        String request = open.request();
        narrator.headline("The clock");
        Instant end = open.extend().expiresAt();
        Duration left = Duration.between(Instant.now(), end);
        Message warned =
                cast.channel().await(request, "ends_soon", positive(left).plus(MOMENT));
        narrator.observed("warned", PlainText.firstLine(warned.text()));
        cast.channel().direct(JOHN, "closes", MOMENT);

        LedgerCommit expire = cast.ledger()
                .await(
                        "expire",
                        DEV,
                        positive(Duration.between(Instant.now(), end)).plus(MOMENT),
                        List.of());
        Duration late = Duration.between(end, cast.ledger().pushedAt(expire));
        Await.require(
                late.compareTo(PUNCTUAL) < 0, "a reversion within " + PUNCTUAL.toSeconds() + " s; it took " + late);
        Await.require(!late.isNegative(), "no reversion before the end; it came " + late.negated() + " early");
        narrator.observed(
                "expired",
                expire.shortId() + " " + expire.subject() + ", pushed " + late.toMillis() + " ms after the end");
        new BastionGoneCheck(cast).observe(DEV, request, expire);
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    private static String commands(String answer) {
        return answer.lines()
                .filter(line -> line.contains("aws ssm") || line.contains("psql"))
                .distinct()
                .map(line -> line.replace("`", ""))
                .collect(java.util.stream.Collectors.joining("\n"));
    }
}
