package dev.bastion.simulation.world;

import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.AdvertiseRefsHook;
import org.eclipse.jgit.transport.CapabilitiesV2Request;
import org.eclipse.jgit.transport.PostReceiveHook;
import org.eclipse.jgit.transport.ProtocolV2Hook;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.TestProtocol;
import org.eclipse.jgit.transport.Transport;
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
        this.protocol = new TestProtocol<>((_, opened) -> uploader(opened), (user, _) -> receiver(user));
        this.address = protocol.register(login, repository).toString();
        Transport.register(protocol);
    }

    /** The address of the repository. */
    String address() {
        return address;
    }

    private void requireUp() throws ServiceMayNotContinueException {
        GitHubFaults faults = github.faults();
        if (faults.isGitDown() || faults.takeFailure()) {
            throw new ServiceMayNotContinueException("503");
        }
    }

    private UploadPack uploader(Repository repository) {
        UploadPack uploader = new UploadPack(repository);
        uploader.setAdvertiseRefsHook(new Outage());
        uploader.setProtocolV2Hook(new Outage());
        return uploader;
    }

    private ReceivePack receiver(String login) {
        ReceivePack receiver = github.receiver(login);
        receiver.setAdvertiseRefsHook(new Outage());
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

    /** The answer to each connection while git is down. */
    private final class Outage implements AdvertiseRefsHook, ProtocolV2Hook {
        @Override
        public void advertiseRefs(UploadPack pack) throws ServiceMayNotContinueException {
            requireUp();
        }

        @Override
        public void advertiseRefs(ReceivePack pack) throws ServiceMayNotContinueException {
            requireUp();
        }

        @Override
        public void onCapabilities(CapabilitiesV2Request request) throws ServiceMayNotContinueException {
            requireUp();
        }
    }

    /** The connection breaks before the pusher has an answer. */
    @SuppressWarnings("serial")
    private static final class AnswerLost extends RuntimeException {}
}
