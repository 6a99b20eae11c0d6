package dev.bastion.app.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Several AWS accounts and regions behind one address. STS gives credentials of a role's account to whoever sends the
 * account's external id; each signed request goes to the account of its credentials and the region that it is signed for.
 */
public final class SmallAccounts implements AutoCloseable {
    private static final Pattern SIGNED = Pattern.compile("Credential=([A-Za-z0-9]+)/\\d+/([a-z0-9-]+)/([a-z0-9-]+)/");
    private static final Pattern ROLE = Pattern.compile("RoleArn=arn:aws:iam::(\\d{12}):role/([^&]+)");
    private static final String ASSUMED = "ASIA";

    private final HttpServer server;
    private final Map<String, SmallAws> places = new ConcurrentHashMap<>();
    private final Map<String, String> externalIds = new ConcurrentHashMap<>();
    private final Map<String, String> identities = new ConcurrentHashMap<>();
    private final List<String> silent = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final String own;

    /** @param own the id of the account of the service's own credentials */
    public SmallAccounts(String own) {
        this.own = own;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What is in one region of an account. */
    public SmallAws at(String account, String region) {
        return places.computeIfAbsent(account + "/" + region, _ -> new SmallAws());
    }

    /** Lets the account's roles be assumed with this external id alone; without it, with none. */
    public void trust(String account, String externalId) {
        externalIds.put(account, externalId);
    }

    /** Makes STS say that credentials of the account are of another one. */
    public void disguise(String account, String as) {
        identities.put(account, as);
    }

    /** Makes the account answer no request until it is released, or answer again; its roles can be assumed meanwhile. */
    public void silence(String account, boolean isSilent) {
        setSilent(account, isSilent);
    }

    /** The same of one region of the account. */
    public void silence(String account, String region, boolean isSilent) {
        setSilent(account + " " + region, isSilent);
    }

    /** Makes STS answer no request for a role of the account until it is released, or answer again. */
    public void silenceRoles(String account, boolean isSilent) {
        setSilent("roles of " + account, isSilent);
    }

    private synchronized void setSilent(String what, boolean isSilent) {
        if (isSilent) {
            silent.add(what);
        } else {
            silent.remove(what);
            notifyAll();
        }
    }

    /** The calls, like {@code TerminateInstances 222222222222 eu-west-1}; one that tries a permission begins with {@code DryRun}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    private synchronized void awaitAnswer(String... whats) throws IOException {
        while (Stream.of(whats).anyMatch(silent::contains)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped", e);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8);
        Optional<Matcher> signed = Optional.ofNullable(
                        exchange.getRequestHeaders().getFirst("Authorization"))
                .map(SIGNED::matcher)
                .filter(Matcher::find);
        String account = signed.map(by -> by.group(1))
                .filter(key -> key.startsWith(ASSUMED))
                .map(key -> key.substring(ASSUMED.length()))
                .orElse(own);
        String region = signed.map(by -> by.group(2)).orElse("");
        String trial = text.contains("DryRun=true") ? "DryRun of " : "";
        calls.add(trial + action(exchange, text) + " " + account + " " + region);
        if (text.contains("Action=AssumeRole")) {
            assume(exchange, URLDecoder.decode(text, StandardCharsets.UTF_8));
        } else if (text.contains("Action=GetCallerIdentity")) {
            awaitAnswer(account, account + " " + region);
            send(exchange, 200, identity(identities.getOrDefault(account, account)));
        } else {
            awaitAnswer(account, account + " " + region);
            exchange.setStreams(new ByteArrayInputStream(body), null);
            at(account, region).answer(exchange);
        }
    }

    private static String action(HttpExchange exchange, String body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        return target != null ? target.replaceAll(".*\\.", "") : body.replaceAll(".*Action=([A-Za-z]*).*", "$1");
    }

    private void assume(HttpExchange exchange, String query) throws IOException {
        Matcher role = ROLE.matcher(query);
        boolean isRole = role.find();
        if (isRole) {
            awaitAnswer("roles of " + role.group(1));
        }
        if (!isRole || !isTrusted(role.group(1), query)) {
            send(
                    exchange,
                    403,
                    "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:sts::"
                            + own
                            + ":assumed-role/bastion-service/1 is not authorized to perform: sts:AssumeRole</Message>"
                            + "</Error></ErrorResponse>");
            return;
        }
        send(
                exchange,
                200,
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>" + ASSUMED + role.group(1)
                        + "</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>"
                        + "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::"
                        + role.group(1) + ":assumed-role/" + role.group(2) + "/1</Arn><AssumedRoleId>AROA:1"
                        + "</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>");
    }

    private boolean isTrusted(String account, String query) {
        String expected = externalIds.get(account);
        return expected != null && query.contains("ExternalId=" + expected);
    }

    private static String identity(String account) {
        return "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::" + account
                + ":assumed-role/bastion-watch/1</Arn><UserId>AROA:1</UserId><Account>" + account
                + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        List.copyOf(silent).forEach(what -> setSilent(what, false));
        server.stop(0);
        places.values().forEach(SmallAws::close);
    }
}
