package dev.bastion.ledger.git.remote;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/** The factory of connections to the remote, with its credentials and timeout. */
final class Transports implements AutoCloseable {
    private final RemoteSettings remote;
    private final @Nullable SshdSessionFactory ssh;

    Transports(RemoteSettings remote) {
        this.remote = remote;
        this.ssh = remote.credentials() instanceof Credentials.SshKey(Path key) ? sshFactory(key) : null;
    }

    /** @param local the repository that objects come from or go to */
    Transport open(Repository local) throws NotSupportedException, TransportException {
        Transport transport = Transport.open(local, LocalRemote.address(remote));
        transport.setTimeout(Math.toIntExact(Math.max(1, remote.timeout().toSeconds())));
        transport.setPushThin(false);
        transport.setCheckFetchedObjects(false);
        transport.setPackConfig(packs(local));
        authenticate(transport);
        if (LocalRemote.isLocal(remote)) {
            // JGit's own receive-pack runs no hooks and knows no work trees
            transport.setOptionReceivePack("exec git-receive-pack");
        }
        return transport;
    }

    /** Drafts have few small objects: delta compression costs more than it saves. */
    private static PackConfig packs(Repository local) {
        PackConfig packs = new PackConfig(local);
        packs.setThreads(1);
        packs.setDeltaCompress(false);
        return packs;
    }

    private void authenticate(Transport transport) {
        if (transport instanceof TransportHttp http) {
            http.setHttpConnectionFactory(new SameServerConnections(http.getURI()));
            switch (remote.credentials()) {
                case Credentials.Token(String username, String token) -> setCredentials(http, username, token);
                case Credentials.Renewed(String username, Supplier<String> token) ->
                    setCredentials(http, username, token.get());
                case Credentials.None _, Credentials.SshKey _ -> {
                    // no HTTP credentials to set
                }
            }
        }
        if (ssh != null && transport instanceof SshTransport overSsh) {
            overSsh.setSshSessionFactory(ssh);
        }
    }

    /** Sent preemptively: waiting for the challenge costs a round trip each time. */
    private static void setCredentials(TransportHttp http, String username, String token) {
        http.setPreemptiveBasicAuthentication(username, token);
        http.setCredentialsProvider(new UsernamePasswordCredentialsProvider(username, token));
    }

    private static SshdSessionFactory sshFactory(Path key) {
        File directory = key.resolveSibling(".").toAbsolutePath().normalize().toFile();
        return new SshdSessionFactoryBuilder()
                .setHomeDirectory(directory)
                .setSshDirectory(directory)
                .setConfigStoreFactory((home, config, user) -> null)
                .setDefaultIdentities(_ -> List.of(key))
                .setDefaultKnownHostsFiles(_ -> List.of(key.resolveSibling("known_hosts")))
                .setPreferredAuthentications("publickey")
                .build(null);
    }

    @Override
    public void close() {
        if (ssh != null) {
            ssh.close();
        }
    }
}
