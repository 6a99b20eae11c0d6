package dev.bastion.simulation.world;

import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PostReceiveHook;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.TestProtocol;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Git's own protocol to GitHub's repository without a socket: the packs, the rules and the faults are those of git over HTTP, at a
 * fraction of its time.
 */
final class InMemoryGit implements AutoCloseable {
    private final GitHub github;
    private final TestProtocol<String> protocol;
    private final String address;

    /** @param login who pushes */
    InMemoryGit(GitHub github, Repository repository, String login) {
        this.github = github;
        this.protocol = new Connections();
        this.address = protocol.register(login, repository).toString();
        Transport.register(protocol);
    }

    /** The address of the repository. */
    String address() {
        return address;
    }

    private ReceivePack receiver(String login) {
        ReceivePack receiver = github.receiver(login);
        PostReceiveHook announcing = receiver.getPostReceiveHook();
        receiver.setPostReceiveHook((pack, commands) -> {
            announcing.onPostReceive(pack, commands);
            if (github.faults().takeLostAcknowledgement()) {
                throw new AnswerLost();
            }
        });
        return receiver;
    }

    @Override
    public void close() {
        Transport.unregister(protocol);
    }

    /** Git's protocol, to which nothing answers while git is down. */
    private final class Connections extends TestProtocol<String> {
        private Connections() {
            super((_, opened) -> new UploadPack(opened), (user, _) -> receiver(user));
        }

        @Override
        public Transport open(URIish address, Repository local, String remote)
                throws NotSupportedException, TransportException {
            GitHubFaults faults = github.faults();
            if (faults.isGitDown() || faults.takeFailure()) {
                throw new TransportException("503");
            }
            return super.open(address, local, remote);
        }
    }

    /** The connection breaks before the pusher has an answer. */
    @SuppressWarnings("serial")
    private static final class AnswerLost extends RuntimeException {}
}
