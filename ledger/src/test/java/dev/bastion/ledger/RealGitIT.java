package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.extend;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.ledger.entry.Trailers;
import dev.bastion.ledger.git.remote.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP against git's own server, and git's view of the commits. */
class RealGitIT implements GrantLedgerContract {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitHttpBackend server;
    private GitGrantLedger ledger;
    private Git remote;
    private int clones;

    @BeforeEach
    void start() throws IOException {
        world = new LedgerWorld(directory);
        remote = new Git(directory.resolve("remote.git"));
        remote.run("config", "http.receivepack", "true");
        server = new GitHttpBackend(directory, "remote.git");
        ledger = openAnother();
    }

    @AfterEach
    void stop() {
        world.close();
        server.close();
    }

    @Override
    public GrantLedger ledger() {
        return ledger;
    }

    @Override
    public GrantLedger readByAnotherProcess() {
        return openAnother();
    }

    private GitGrantLedger openAnother() {
        return world.at(server.url(), "clone-" + clones++, new Credentials.None());
    }

    @Test
    void gitCanCheckAndReadEveryCommit() {
        Grant first = recorded(ledger.record(open(DEV, "one"))).grant();
        Grant longer =
                recorded(ledger.record(extend(first, Duration.ofHours(1)))).grant();
        ledger.record(expire(longer));
        Grant other = recorded(ledger.record(open(PROD, "two"))).grant();
        ledger.record(end(other, JANE));
        assertThat(remote.run("fsck", "--strict", "--full"))
                .doesNotContain("error")
                .doesNotContain("warning");
        assertThat(new Git(world.clone("clone-0")).run("fsck", "--full")).doesNotContain("error");
        String trailers =
                remote.run("log", "-1", "--format=%(trailers)", first.openedBy().value());
        assertThat(trailers.strip() + "\n")
                .isEqualTo(Trailers.parse(remote.run(
                                "log", "-1", "--format=%B", first.openedBy().value()))
                        .toString())
                .contains("Requested-By: john.doe <U12345678>");
        assertThat(remote.run(
                                "log",
                                "-1",
                                "--format=%an|%ae|%cn|%ce|%aI|%cI",
                                first.openedBy().value())
                        .strip())
                .isEqualTo("john.doe|U12345678@users.noreply.slack.invalid|bastion|bastion@example.com"
                        + "|2026-01-15T12:00:00+00:00|2026-01-15T12:00:00+00:00");
        assertThat(remote.run("log", "--format=%(trailers:key=Bastion-Action,valueonly,separator=%x20)", "main")
                        .strip())
                .isEqualTo("end\nopen\nexpire\nextend\nopen");
    }

    @Test
    void gitCanCheckCommitsWrittenIntoALocalRepository() {
        GitGrantLedger onDisk = world.onDisk("on-disk");
        for (int i = 0; i < 40; i++) {
            onDisk.record(
                    expire(recorded(onDisk.record(open(DEV, "request " + i))).grant()));
        }
        assertThat(remote.run("fsck", "--strict", "--full"))
                .doesNotContain("error")
                .doesNotContain("warning");
        assertThat(remote.run("rev-list", "--count", "main").strip()).isEqualTo("81");
        remote.run("gc", "-q");
        Grant grant = recorded(onDisk.record(open(DEV, "after tidying"))).grant();
        assertThat(ledger.read().state(DEV)).contains(new EnvironmentState.Open(grant));
    }

    @Test
    void aReversionRestoresTheFile() {
        String before = remote.run("rev-parse", "main:" + pathOf(DEV));
        Grant grant = recorded(ledger.record(open(DEV, "one"))).grant();
        assertThat(remote.run("rev-parse", "main:" + pathOf(DEV))).isNotEqualTo(before);
        ledger.record(expire(grant));
        assertThat(remote.run("rev-parse", "main:" + pathOf(DEV))).isEqualTo(before);
    }

    @Test
    void aGrantPushedWithGitExpiresAndGitRevertReopensIt() throws IOException {
        Path work = directory.resolve("work");
        new Git(directory).run("clone", "-q", world.remote.url(), work.toString());
        Git jane = new Git(work);
        Files.writeString(work.resolve(pathOf(DEV)), openFile("dev", JANE, NOON, TWO));
        jane.run("commit", "-qam", "Let me in");
        jane.run("push", "-q", "origin", "main");
        Grant grant = ledger.read().openGrants().getFirst();
        assertThat(grant.madeByHand()).isTrue();
        ledger.record(expire(grant));
        jane.run("pull", "-q");
        jane.run("revert", "--no-edit", "HEAD");
        jane.run("push", "-q", "origin", "main");
        assertThat(ledger.read().openGrants()).singleElement().satisfies(again -> {
            assertThat(again.madeByHand()).isTrue();
            assertThat(again.request()).isNotEqualTo(grant.request());
        });
    }

    /** The tests' own process has more variables than these, and one of a service would have its tokens. */
    @Test
    void aHookOfALocalRepositoryGetsNoVariableOfTheService() throws IOException {
        Path seen = directory.resolve("seen");
        Path hook = directory.resolve("remote.git/hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\nenv | cut -d= -f1 > '" + seen + "'\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        world.onDisk("on-disk").record(open(DEV, "one"));
        String usual = "GIT_.*|PATH|HOME|USER|LOGNAME|LANG|LC_ALL|TZ|TMPDIR|PWD|OLDPWD|SHLVL|_";
        assertThat(Files.readAllLines(seen)).contains("PATH").allMatch(name -> name.matches(usual));
        assertThat(System.getenv().keySet()).as("what could be seen").anyMatch(name -> !name.matches(usual));
    }

    @Test
    void aHookOfALocalRepositoryRuns() throws IOException {
        Path hook = directory.resolve("remote.git/hooks/pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho 'GH013: not on a Friday'\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        GitGrantLedger onDisk = world.onDisk("on-disk");
        for (GrantLedger each : List.of(onDisk, ledger)) {
            assertThatThrownBy(() -> each.record(open(DEV, "one")))
                    .isInstanceOf(LedgerRejected.class)
                    .hasMessageContaining("hook declined")
                    .hasMessageContaining("not on a Friday");
        }
        Files.delete(hook);
        assertThat(onDisk.record(open(DEV, "one"))).isInstanceOf(RecordResult.Recorded.class);
    }
}
