package dev.bastion.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.access.grant.CommitId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A git server over HTTP with injectable faults. */
final class GitOverHttp implements AutoCloseable {
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger fetches = new AtomicInteger();
    final AtomicInteger refRequests = new AtomicInteger();
    final AtomicInteger pushes = new AtomicInteger();
    private final RemoteRepository remote;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean down;
    private volatile String token = "";
    private volatile String movedTo = "";
    private volatile String rejection = "";
    private volatile String rejectedText = "";
    private volatile String rejectedRef = "";
    private final AtomicInteger racesToLose = new AtomicInteger();
    private volatile Runnable otherPush = () -> {};
    private final AtomicInteger acknowledgementsToLose = new AtomicInteger();
    private volatile Runnable afterPush = () -> {};
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Held held = new Held("none", gate, gate);

    GitOverHttp(RemoteRepository remote) {
        this.remote = remote;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/acme/environments.git";
    }

    /** Redirects the requests of the old name to this address of the repository. */
    void moveTo(String address) {
        movedTo = address;
    }

    void stopResponding() {
        down = true;
    }

    void respondAgain() {
        down = false;
    }

    /** Requires this token from now on. */
    void requireToken(String requiredToken) {
        token = requiredToken;
    }

    /** The next pushes succeed, but their responses are lost. */
    void loseAcknowledgements(int count) {
        acknowledgementsToLose.set(count);
    }

    /**
     * The next pushes meet a branch that another push moved: every second one when it asks for the branch's head, the others
     * between that and the push.
     */
    void loseRaces(int count, Runnable push) {
        otherPush = push;
        racesToLose.set(count);
    }

    /** Stops responding when it has lost an acknowledgement. */
    void stopRespondingAfterPush() {
        afterPush = this::stopResponding;
    }

    /** Requires this token when it has lost an acknowledgement. */
    void requireTokenAfterPush(String requiredToken) {
        afterPush = () -> requireToken(requiredToken);
    }

    /** Rejects every push with this message; empty to accept again. */
    void rejectPushes(String words) {
        rejection = words;
    }

    /** Rejects a push in which a commit message has this text, as a secret scanner would. */
    void rejectCommitsWith(String text) {
        rejectedText = text;
    }

    /** Rejects pushes to this ref, as a rule of the forge would; empty to accept again. */
    void rejectRef(String ref) {
        rejectedRef = ref;
    }

    /** Holds every request until the latch is open. */
    void holdUntilOpen(CountDownLatch latch) {
        gate = latch;
    }

    /**
     * Holds the fetches that want this commit until the latch is open.
     *
     * @return a latch that opens when one is held
     */
    CountDownLatch holdFetchesOf(CommitId commit, CountDownLatch latch) {
        CountDownLatch reached = new CountDownLatch(1);
        held = new Held(commit.value(), latch, reached);
        return reached;
    }

    private record Held(String commit, CountDownLatch latch, CountDownLatch reached) {}

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            gate.await();
            if (down) {
                exchange.sendResponseHeaders(503, -1);
            } else if (!movedTo.isEmpty() && exchange.getRequestURI().getPath().startsWith("/acme/environments.git/")) {
                redirect(exchange);
            } else if (!token.isEmpty() && !isAuthorized(exchange)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                serve(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void redirect(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString().replaceFirst("/acme/environments.git", movedTo);
        exchange.getResponseHeaders().add("Location", target);
        exchange.sendResponseHeaders(301, -1);
    }

    private boolean isAuthorized(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] expected = ("x-access-token:" + token).getBytes(StandardCharsets.UTF_8);
        return ("Basic " + Base64.getEncoder().encodeToString(expected)).equals(header);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (Repository repository = new RepositoryBuilder()
                .setGitDir(remote.repository().getDirectory())
                .build()) {
            if (path.endsWith("/info/refs")) {
                advertise(exchange, repository);
            } else if (path.endsWith("/git-upload-pack")) {
                upload(exchange, repository);
            } else {
                receive(exchange, repository);
            }
        }
    }

    private void advertise(HttpExchange exchange, Repository repository) throws IOException {
        String service = exchange.getRequestURI().getQuery().replace("service=", "");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        PacketLineOut out = new PacketLineOut(body);
        if (service.equals("git-upload-pack")) {
            refRequests.incrementAndGet();
            UploadPack pack = new UploadPack(repository);
            pack.setBiDirectionalPipe(false);
            pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out), service);
        } else {
            if (racesToLose.get() % 2 == 1) {
                loseRace();
            }
            out.writeString("# service=" + service + "\n");
            out.end();
            ReceivePack pack = new ReceivePack(repository);
            pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-" + service + "-advertisement");
        send(exchange, body.toByteArray());
    }

    private void upload(HttpExchange exchange, Repository repository) throws IOException {
        fetches.incrementAndGet();
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] wants = input(exchange).readAllBytes();
        hold(new String(wants, StandardCharsets.ISO_8859_1));
        pack.upload(new ByteArrayInputStream(wants), body, null);
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
        send(exchange, body.toByteArray());
    }

    private void hold(String wants) {
        if (wants.contains(held.commit())) {
            held.reached().countDown();
            try {
                held.latch().await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void receive(HttpExchange exchange, Repository repository) throws IOException {
        pushes.incrementAndGet();
        loseRace();
        ReceivePack pack = new ReceivePack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setPreReceiveHook(hook());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        pack.receive(input(exchange), body, null);
        if (acknowledgementsToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            afterPush.run();
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-git-receive-pack-result");
        send(exchange, body.toByteArray());
    }

    private void loseRace() {
        if (racesToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            otherPush.run();
        }
    }

    private PreReceiveHook hook() {
        return (pack, commands) -> {
            commands.stream()
                    .filter(command -> command.getRefName().equals(rejectedRef))
                    .forEach(command -> command.setResult(
                            ReceiveCommand.Result.REJECTED_OTHER_REASON, "GH013: Repository rule violations found"));
            boolean refused = !rejection.isEmpty() || (!rejectedText.isEmpty() && hasText(pack, commands));
            if (refused) {
                pack.sendMessage(rejection);
                commands.forEach(command ->
                        command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, "pre-receive hook declined"));
            }
        };
    }

    private boolean hasText(ReceivePack pack, Iterable<ReceiveCommand> commands) {
        try (var walk = new RevWalk(pack.getRepository())) {
            for (ReceiveCommand command : commands) {
                walk.markStart(walk.parseCommit(command.getNewId()));
                walk.markUninteresting(walk.parseCommit(command.getOldId()));
            }
            for (var commit : walk) {
                if (commit.getFullMessage().contains(rejectedText)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream input(HttpExchange exchange) throws IOException {
        boolean packed = Objects.equals(exchange.getRequestHeaders().getFirst("Content-Encoding"), "gzip");
        return packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
