package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.ledger.git.remote.Credentials;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over SSH against OpenSSH's server, with host and user keys. */
class LedgerOverSshIT implements GrantLedgerContract {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private SshServer server;
    private @Nullable GrantLedger ledger;
    private int clones;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        server = new SshServer(directory.resolve("ssh"));
    }

    @AfterEach
    void stop() {
        world.close();
        server.close();
    }

    @Override
    public GrantLedger ledger() {
        if (ledger == null) {
            ledger = with(server.key());
        }
        return ledger;
    }

    @Override
    public GrantLedger readByAnotherProcess() {
        return with(server.key());
    }

    @Test
    void anUnknownKeyIsRejectedWithARemedy() {
        assertThatThrownBy(() -> with(server.unknownKey()).read())
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("ledger.ssh_key");
    }

    @Test
    void anUnknownHostIsRejectedUntilItIsInKnownHosts() {
        Path key = server.copyKeyTo(directory.resolve("fresh"));
        assertThatThrownBy(() -> with(key).read())
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("known_hosts");
        server.trustHost(key.resolveSibling("known_hosts"));
        assertThat(with(key).read().state(DEV)).contains(new EnvironmentState.Closed(DEV));
    }

    @Test
    void aServerWithAnotherHostKeyReceivesNothing() {
        GrantLedger ledger = ledger();
        ledger.read();
        server.replaceWithAnotherHostKey();
        assertThatThrownBy(() -> ledger.record(open(DEV, "one")))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("known_hosts");
        server.trustHost(server.key().resolveSibling("known_hosts"));
        recorded(ledger.record(open(DEV, "one")));
    }

    @Test
    void aServerThatIsDownIsRetried() {
        GrantLedger ledger = ledger();
        server.close();
        assertThatThrownBy(ledger::read).isInstanceOf(LedgerUnreachable.class);
        server.restart();
        recorded(ledger.record(open(DEV, "one")));
    }

    private GitGrantLedger with(Path key) {
        Path repository = world.remote.repository().getDirectory().toPath();
        return world.at(server.url(repository), "clone-" + clones++, new Credentials.SshKey(key));
    }
}
