package dev.bastion.app.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.CommitId;
import dev.bastion.app.AnchorPlaces;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.verification.AnchorSet;
import dev.bastion.ledger.verification.LedgerFinding;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import dev.bastion.ledger.verification.LedgerVerifier;
import dev.bastion.ledger.verification.VerificationReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger and the anchors of a real service, verified by somebody who has a clone and the key: as they are, and after a
 * writer of the repository forged an approval, dropped a reversion, or rewrote a commit.
 */
class VerificationStoryTest {
    @TempDir
    private Path folder;

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private String run(Path directory, String input, String... command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "HOME", folder.toString(),
                            "GIT_AUTHOR_NAME", "mallory",
                            "GIT_AUTHOR_EMAIL", "mallory@example.com",
                            "GIT_COMMITTER_NAME", "mallory",
                            "GIT_COMMITTER_EMAIL", "mallory@example.com"));
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String git(Path clone, String... arguments) {
        return run(
                clone, "", Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
    }

    private Path anchors() {
        return folder.resolve("anchors.git");
    }

    private ServiceProcess start() {
        ServiceProcess service = world.start(
                "bastion",
                Map.of(
                        "BASTION_SIGNING_KEY_FILE",
                        folder.resolve("key").toString(),
                        "BASTION_ANCHORS_REMOTE",
                        "file://" + anchors()));
        await().until(service::isReady);
        return service;
    }

    private void awaitAnchors(int count) {
        await("anchor " + count)
                .until(() -> Integer.parseInt(
                                git(anchors(), "rev-list", "--count", "anchors").strip())
                        > count);
    }

    /** A grant that expires, and one that Jane approves and John ends; the service is killed and started again in between. */
    private void play() {
        run(folder, "", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key");
        git(folder, "init", "-q", "--bare", "-b", "anchors", anchors().toString());
        String first =
                git(anchors(), "commit-tree", "-m", "Anchors", emptyTree()).strip();
        git(anchors(), "update-ref", "refs/heads/anchors", first);
        ServiceProcess service = start();
        awaitAnchors(1);
        world.as("john.doe").command("/bastion", "create dev 8s INC-12 slow query");
        await().until(() ->
                world.ledger().count("expire") == 1 && world.ledger().count("gone") == 1);
        world.as("john.doe").command("/bastion", "create prod 10m INC-13");
        await().until(() -> world.openPullRequest().isPresent());
        world.at("janeroe").approve(world.openPullRequest().orElseThrow().number(), "");
        await().until(() -> world.ledger().count("start") == 1 && world.ledger().count("ready") == 2);
        world.as("john.doe").command("/bastion", "destroy prod");
        await().until(() -> world.ledger().count("end") == 1 && world.ledger().count("gone") == 2);
        await("nothing is left to observe").until(() -> world.ledger().count("sessions") == 2);
        service.kill();
        ServiceProcess again = start();
        awaitAnchors(2);
        again.kill();
    }

    private String emptyTree() {
        return run(anchors(), "", "git", "hash-object", "-w", "-t", "tree", "--stdin")
                .strip();
    }

    private Path cloned(String name) {
        Path clone = folder.resolve(name);
        git(
                folder,
                "clone",
                "-q",
                "--mirror",
                world.ledger().server().repository().folder().toString(),
                name);
        return clone;
    }

    private VerificationReport verify(Path clone) throws IOException {
        String key = Files.readString(folder.resolve("key.pub"));
        AllowedSigners signers = AllowedSigners.parse("bastion@example.com namespaces=\"git\" " + key);
        Path scratch = folder.resolve("scratch-" + clone.getFileName());
        List<AnchorSet.NamedDocument> anchors =
                AnchorPlaces.read("file://" + anchors(), scratch, Map.of()).entrySet().stream()
                        .map(each -> new AnchorSet.NamedDocument(each.getKey(), each.getValue()))
                        .toList();
        TrustedKeys keys = TrustedKeys.ofReader(signers, "bastion@example.com", Optional.empty());
        try (LocalClone local = LocalClone.open(clone)) {
            return new LedgerVerifier(new FileParsers(new PolicyFiles(), new LedgerFile()), "environments", keys)
                    .verify(
                            local,
                            local.branch(Optional.of("main")).head(),
                            Optional.of(new AnchorSet(Optional.empty(), anchors)),
                            Instant.now());
        }
    }

    private List<String> line(Path clone) {
        return git(clone, "rev-list", "--first-parent", "--reverse", "main")
                .lines()
                .toList();
    }

    /** The newest commit with this text in its message. */
    private String find(Path clone, String text) {
        return git(clone, "log", "--first-parent", "-1", "--format=%H", "--fixed-strings", "--grep=" + text, "main")
                .strip();
    }

    /**
     * Makes the commits behind one again on another one, each with its signature, and moves the branch there.
     *
     * @return the first of them as it is now
     */
    private CommitId moveOnto(Path clone, String behind, String onto) {
        List<String> all = line(clone);
        String parent = onto;
        Optional<CommitId> first = Optional.empty();
        for (String old : all.subList(all.indexOf(behind) + 1, all.size())) {
            parent = write(
                    clone,
                    git(clone, "cat-file", "commit", old)
                            .replaceFirst("(?m)^parent [0-9a-f]{40}$", "parent " + parent));
            first = first.isPresent() ? first : Optional.of(new CommitId(parent));
        }
        git(clone, "update-ref", "refs/heads/main", parent);
        return first.orElseThrow();
    }

    private String write(Path clone, String raw) {
        return run(clone, raw, "git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
                .strip();
    }

    private CommitId rewrite(Path clone, String commit, UnaryOperator<String> change) {
        String changed = write(clone, change.apply(git(clone, "cat-file", "commit", commit)));
        moveOnto(clone, commit, changed);
        return new CommitId(changed);
    }

    /**
     * How many commits of the service are behind one, which nothing proves once it is another one. A merge is the forge's, and
     * what it merges has its own signature.
     */
    private int entriesBehind(Path clone, CommitId first) {
        List<String> all = line(clone);
        return (int) all.subList(all.indexOf(first.value()) + 1, all.size()).stream()
                .filter(id ->
                        !git(clone, "log", "-1", "--format=%P", id).strip().contains(" "))
                .filter(id -> git(clone, "log", "-1", "--format=%B", id).contains("Bastion-Action: "))
                .count();
    }

    /** An anchor names the first commit that it does not prove, which is at or before the first wrong one. */
    private void assertFirst(VerificationReport report, CommitId first, Path clone) {
        LedgerFinding found = report.findings().stream()
                .filter(each -> each.kind() != Kind.HISTORY_REWRITTEN)
                .findFirst()
                .orElseThrow();
        assertThat(found.commit()).as(found.what()).isEqualTo(first);
        assertThat(report.unproven()).isEqualTo(entriesBehind(clone, first));
    }

    @Test
    void anHonestCloneHasNoFindingAndEachForgeryIsNamedByItsFirstCommit() throws IOException {
        play();
        VerificationReport honest = verify(cloned("honest"));
        assertThat(honest.findings()).isEmpty();
        assertThat(honest.open()).isEmpty();
        assertThat(honest.anchors().orElseThrow().count()).isGreaterThanOrEqualTo(2);
        assertThat(honest.anchors().orElseThrow().newer())
                .as("commits behind the last anchor")
                .isZero();

        Path forged = cloned("forged");
        String approval = git(forged, "log", "-1", "--format=%B", find(forged, "Bastion-Action: start"))
                        .strip() + "\n";
        String tree = git(forged, "rev-parse", "main^{tree}").strip();
        String message = approval.replace("Approved-By: jane.roe <U23456789>", "Approved-By: john.doe <U12345678>");
        assertThat(message).isNotEqualTo(approval);
        CommitId claimed = new CommitId(run(forged, message, "git", "commit-tree", tree, "-p", "main", "-F", "-")
                .strip());
        git(forged, "update-ref", "refs/heads/main", claimed.value());
        assertFirst(verify(forged), claimed, forged);

        Path dropped = cloned("dropped");
        String reversion = find(dropped, "Bastion-Action: expire");
        CommitId behind = moveOnto(
                dropped, reversion, git(dropped, "rev-parse", reversion + "^").strip());
        VerificationReport without = verify(dropped);
        assertFirst(without, behind, dropped);
        assertThat(without.findings()).extracting(LedgerFinding::kind).contains(Kind.HISTORY_REWRITTEN);

        Path rewritten = cloned("rewritten");
        CommitId changed =
                rewrite(rewritten, find(rewritten, "bastion(dev): open"), raw -> raw.replace("john.doe", "jane.roe"));
        VerificationReport after = verify(rewritten);
        assertFirst(after, changed, rewritten);
        assertThat(after.findings()).extracting(LedgerFinding::kind).contains(Kind.HISTORY_REWRITTEN);
    }
}
