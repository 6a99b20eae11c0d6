package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import dev.bastion.sandbox.world.SandboxWorld;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The demo's stories in their order, and the checks of the ledger that they leave. */
final class DemoStories {
    /** The alarm comes after four fifths of it; also a busy machine has destroyed a bastion by then. */
    static final Duration GRACE = Duration.ofMinutes(2);

    /** From the last grant's end to the entry that its bastion is gone. */
    private static final Duration OBSERVED = Duration.ofMinutes(1);

    private final SandboxWorld world;
    private final Narrator narrator;
    private final String launcher;
    private final StoryContext context;

    DemoStories(SandboxWorld world, Narrator narrator, String launcher) {
        this.world = world;
        this.narrator = narrator;
        this.launcher = launcher;
        this.context = StoryContext.of(world, narrator, launcher);
    }

    /** Plays these parts; what takes minutes by itself runs while another part is played. */
    void play(Set<DemoPart> parts, Optional<AccountsSandbox> accounts) {
        List<AuditCheck.Observed> grants = new ArrayList<>();
        List<Runnable> later = new ArrayList<>();
        if (parts.contains(DemoPart.GRANT)) {
            later.add(grant(parts));
            grants.add(new AuditCheck.Observed("dev", StoryContext.JOHN, "by policy", "expired"));
        }
        Runnable termination = () -> {};
        if (parts.contains(DemoPart.INSTANCE)) {
            StrayInstanceStory stray = new StrayInstanceStory(context, GRACE);
            String instance = stray.playAlarm();
            termination = () -> stray.playTermination(instance);
        }
        if (parts.contains(DemoPart.APPROVAL)) {
            ApprovalStory prod = new ApprovalStory(context);
            ApprovalStory.Ended ended = prod.playUntilEnded();
            later.add(() -> prod.playGone(ended));
            grants.add(new AuditCheck.Observed(
                    "prod", StoryContext.MAX, "by " + StoryContext.JANE, "by " + StoryContext.MAX));
        }
        Optional<AccountsStory> two = accounts.map(AccountsSandbox::story);
        Optional<AccountsStory.Open> open = two.map(AccountsStory::playOpenings);
        later.forEach(Runnable::run);
        if (parts.contains(DemoPart.ATTACK)) {
            new RedirectedEnvironmentStory(context).play(); // from a branch on which dev is closed
        }
        termination.run(); // on staging, which the outage is about
        Optional<LedgerCommit> end = two.map(AccountsStory::playSilence);
        Runnable outage = () -> {};
        if (parts.contains(DemoPart.OUTAGE)) {
            ServiceOutageStory staging = new ServiceOutageStory(context);
            ServiceOutageStory.Down down = staging.playKill();
            outage = () -> staging.playReturn(down);
            grants.add(new AuditCheck.Observed("staging", StoryContext.MAX, "by policy", "expired"));
        }
        two.ifPresent(story -> story.playEnds(open.orElseThrow(), end.orElseThrow()));
        outage.run();
        two.ifPresent(AccountsStory::playLedger);
        ledger(grants);
    }

    /** Plays up to the extension; answers what is left when the grant expires. */
    private Runnable grant(Set<DemoPart> parts) {
        boolean withReplicas = parts.contains(DemoPart.REPLICAS);
        OpenEnvironmentStory dev = new OpenEnvironmentStory(context, withReplicas ? "3m" : "2m");
        OpenEnvironmentStory.Granted granted = dev.playUntilRestarted();
        ReplicasStory replicas = new ReplicasStory(context);
        if (withReplicas) {
            replicas.playTakeover();
        }
        OpenEnvironmentStory.Open open = dev.playExtension(granted);
        return () -> {
            dev.playExpiry(open);
            if (withReplicas) {
                replicas.playOnce(granted.request());
            }
        };
    }

    private void ledger(List<AuditCheck.Observed> grants) {
        narrator.chapter("The ledger, read with git, and asked as an auditor asks");
        GitCommand git = context.ledger().git();
        LedgerCheck check = new LedgerCheck(git, narrator);
        check.check(Stream.of("dev", "staging", "prod")
                .map(environment -> "environments/" + environment + "/bastion/terragrunt.hcl")
                .toList());
        if (!grants.isEmpty()) { // without one, there is no entry to sign and no question to ask
            if (hasSshKeygen()) { // git calls it to verify a signature
                check.checkSignatures();
            }
            audit(grants);
        }
        String colour = narrator.colours() ? "--color=always" : "--color=never";
        narrator.print("\n$ git log");
        narrator.print(git.run("log", colour, "--format=fuller", "main"));
    }

    /** Asks an auditor's questions of a clone, once the ledger has the last observation. */
    private void audit(List<AuditCheck.Observed> grants) {
        Await.awaitTrue(
                "an entry \"gone\" of each grant",
                OBSERVED,
                () -> context.ledger().all().stream()
                                .filter(commit -> commit.hasAction("gone"))
                                .count()
                        == grants.size());
        Path clone = world.folder().resolve("audit").resolve("ledger");
        context.ledger().git().run("clone", "-q", world.ledger().folder().toString(), clone.toString());
        AuditCheck.Observed one = grants.stream()
                .filter(grant -> grant.environment().equals("prod"))
                .findFirst()
                .orElseGet(grants::getFirst);
        boolean isApproved = one.environment().equals("prod");
        Path signers = world.folder().resolve("service").resolve("allowed_signers");
        new AuditCheck(launcher, clone, signers, narrator)
                .check(
                        grants,
                        one,
                        start(one.environment(), isApproved ? "start" : "open").plusSeconds(1),
                        isApproved ? List.of(StoryContext.JANE) : List.of());
    }

    private Instant start(String environment, String action) {
        return context.ledger().all().stream()
                .filter(commit -> commit.hasAction(action) && commit.isOf(environment))
                .map(commit -> Instant.parse(commit.trailer("Created-At").orElseThrow()))
                .findFirst()
                .orElseThrow(() -> new NotObservedException("no start of the grant of " + environment));
    }

    private static boolean hasSshKeygen() {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ssh-keygen")));
    }
}
