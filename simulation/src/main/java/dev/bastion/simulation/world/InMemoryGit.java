package dev.bastion.simulation.world;

import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PostReceiveHook;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.TestProtocol;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/**
 * Git's own protocol to GitHub's repository without a socket: the packs, the rules and the faults are those of git over HTTP, at a
 * fraction of its time.
 */
final class InMemoryGit implements AutoCloseable {
    private final GitHub github;
    private static final AtomicLong MADE = new AtomicLong();

    private final Connections protocol;
    private final URIish registered;
    private final String address = "memory://git-" + MADE.incrementAndGet() + "/ledger.git";

    /** @param login who pushes */
    InMemoryGit(GitHub github, Repository repository, String login) {
        this.github = github;
        this.protocol = new Connections();
        this.registered = protocol.register(login, repository);
        Transport.register(protocol);
    }

    /** The address of the repository, which no other one in this process has. */
    String address() {
        return address;
    }

    private ReceivePack receiver(String login, Repository opened) {
        return new AnsweringAtTheEnd(github.receiver(login), opened);
    }

    /**
     * A receiver whose pusher has its answer once everything that follows from the push has been done, or never. Without it the
     * pusher would go on while GitHub's listeners still run.
     */
    private final class AnsweringAtTheEnd extends ReceivePack {
        private final ReceivePack receiver;

        private AnsweringAtTheEnd(ReceivePack receiver, Repository opened) {
            super(opened);
            this.receiver = receiver;
        }

        @Override
        public void receive(InputStream in, OutputStream out, @Nullable OutputStream messages) throws IOException {
            HeldBack answer = new HeldBack(out);
            AtomicBoolean isLost = new AtomicBoolean();
            PreReceiveHook checking = receiver.getPreReceiveHook();
            receiver.setPreReceiveHook((pack, commands) -> {
                answer.begin();
                checking.onPreReceive(pack, commands);
            });
            PostReceiveHook announcing = receiver.getPostReceiveHook();
            receiver.setPostReceiveHook((pack, commands) -> {
                announcing.onPostReceive(pack, commands);
                isLost.set(github.faults().takeLostAcknowledgement());
            });
            receiver.receive(in, answer, messages);
            if (isLost.get()) {
                throw new AnswerLost();
            }
            answer.release();
        }
    }

    /** What is written from some moment on, until it is released. */
    private static final class HeldBack extends FilterOutputStream {
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private boolean isHolding;

        private HeldBack(OutputStream out) {
            super(out);
        }

        void begin() {
            isHolding = true;
        }

        void release() throws IOException {
            isHolding = false;
            held.writeTo(out);
            out.flush();
        }

        @Override
        public void write(int octet) throws IOException {
            (isHolding ? held : out).write(octet);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            (isHolding ? held : out).write(from, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (!isHolding) {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (!isHolding) {
                out.close();
            }
        }
    }

    @Override
    public void close() {
        Transport.unregister(protocol);
    }

    /** Git's protocol, to which nothing answers while git is down. */
    private final class Connections extends TestProtocol<String> {
        private Connections() {
            super((_, opened) -> new UploadPack(opened), (user, opened) -> receiver(user, opened));
        }

        @Override
        public boolean canHandle(URIish asked, @Nullable Repository local, @Nullable String remote) {
            return asked.toString().equals(address);
        }

        @Override
        public Transport open(URIish asked, Repository local, String remote)
                throws NotSupportedException, TransportException {
            GitHubFaults faults = github.faults();
            if (faults.isGitDown() || faults.takeFailure()) {
                throw new TransportException("503");
            }
            return super.open(registered, local, remote);
        }
    }

    /** The connection breaks before the pusher has an answer. */
    @SuppressWarnings("serial")
    private static final class AnswerLost extends RuntimeException {}
}
