package dev.bastion.app.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A fake of the AWS APIs that the service uses, over their own protocols (EC2's query and XML, SSM's JSON). Tests add
 * the instances, tagged as the Terraform module does.
 */
public final class SmallAws implements AutoCloseable {
    private static final int PAGE = 100;
    private static final Pattern ENVIRONMENT =
            Pattern.compile("=tag:Environment&Filter\\.\\d+\\.Value\\.1=([a-z0-9-]+)");
    private static final Pattern NEXT = Pattern.compile("NextToken=(\\d+)");

    private static final String IDENTITY =
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/bastion-service/1</Arn>"
                    + "<UserId>AROA:1</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

    private final HttpServer server;
    private final Map<String, Bastion> bastions = new ConcurrentHashMap<>();
    private final Map<String, String> groups = new ConcurrentHashMap<>();
    private final Map<String, String> denied = new ConcurrentHashMap<>();
    private volatile boolean groupsDenied;
    private final ObjectMapper json = new ObjectMapper();
    private final SmallSessions sessions = new SmallSessions();
    private final SmallNetwork network = new SmallNetwork();
    private final Map<String, Map<String, String>> moreTags = new ConcurrentHashMap<>();
    private volatile boolean down;
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastThere = new ConcurrentHashMap<>();
    private final Map<String, Instant> listedFrom = new ConcurrentHashMap<>();

    /** Why an instance cannot be terminated. */
    public enum Refusal {
        PROTECTED(400, "OperationNotPermitted"),
        FORBIDDEN(403, "UnauthorizedOperation"),
        THROTTLED(503, "RequestLimitExceeded"),
        /** No answer, until it is allowed. */
        SILENT(200, "");

        private final int status;
        private final String code;

        Refusal(int status, String code) {
            this.status = status;
            this.code = code;
        }
    }

    public void refuseTermination(String id, Refusal why) {
        refusals.put(id, why);
    }

    public synchronized void allowTermination(String id) {
        refusals.remove(id);
        notifyAll();
    }

    private synchronized void awaitAllowed(String id) {
        while (refusals.get(id) == Refusal.SILENT) {
            try {
                wait();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Lists an instance only so long after it was added, as an API that is eventually consistent. */
    public void listAfter(String id, Duration delay) {
        listedFrom.put(id, Instant.now().plus(delay));
    }

    /** The last moment at which the instance was there; now for one that is there. */
    public Optional<Instant> lastThere(String id) {
        return has(id) ? Optional.of(Instant.now()) : Optional.ofNullable(lastThere.get(id));
    }

    public void terminate(String id) {
        if (bastions.remove(id) != null) {
            lastThere.put(id, Instant.now());
        }
    }

    /** An instance; {@code online} is the state of its agent. */
    public record Bastion(String id, String state, boolean online, Map<String, String> tags, String group) {}

    /** Adds an instance with these tags and this security group, which may be empty. */
    public void put(String id, Map<String, String> tags, String group) {
        bastions.put(id, new Bastion(id, "running", true, tags, group));
    }

    public void put(Bastion bastion) {
        bastions.put(bastion.id(), bastion);
    }

    /** Adds a bastion's security group. */
    public void putGroup(String id, String environment) {
        groups.put(id, environment);
    }

    public void denyGroups() {
        groupsDenied = true;
    }

    public SmallAws() {
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

    public SmallSessions sessions() {
        return sessions;
    }

    /** What is around the instances: status, endpoints, rules, profile, schedule. */
    public SmallNetwork network() {
        return network;
    }

    /** Tags that the environment's instances have besides their own. */
    public void tagAlso(String environment, Map<String, String> tags) {
        moreTags.put(environment, Map.copyOf(tags));
    }

    /** Adds a bastion with an online agent. */
    public void online(String environment, String request) {
        put("i-" + environment, "running", true, environment, request);
    }

    public void put(String id, String state, boolean online, String environment, String request) {
        bastions.put(
                id,
                new Bastion(
                        id,
                        state,
                        online,
                        Map.of(
                                "ManagedBy",
                                "bastion",
                                "Environment",
                                environment,
                                "RequestId",
                                request,
                                "Database",
                                "db.internal:5432",
                                "PortDocument",
                                "orders-" + environment + "-port"),
                        ""));
    }

    public void remove(String environment) {
        terminate("i-" + environment);
    }

    public boolean has(String id) {
        return bastions.containsKey(id);
    }

    public void down(boolean isDown) {
        down = isDown;
    }

    void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (down) {
                exchange.sendResponseHeaders(503, -1);
            } else if (denied.containsKey(action(exchange, body))) {
                refuse(exchange, action(exchange, body), denied.get(action(exchange, body)));
            } else if (network.knows(action(exchange, body))) {
                SmallNetwork.Answer answer = network.answer(action(exchange, body), body);
                send(exchange, answer.status(), answer.type(), answer.text());
            } else if (body.contains("Action=GetCallerIdentity")) {
                send(exchange, "text/xml", IDENTITY);
            } else if (action(exchange, body).equals("DescribeSessions")) {
                send(exchange, "application/x-amz-json-1.1", sessions.describe(body));
            } else if (exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
                send(exchange, "application/x-amz-json-1.1", agents());
            } else if (body.contains("DryRun=true")) {
                dryRun(exchange, body.replaceAll(".*InstanceId\\.1=([^&]*).*", "$1"));
            } else if (body.contains("Action=DescribeSecurityGroups")) {
                describeGroups(exchange);
            } else if (body.contains("Action=TerminateInstances")) {
                terminate(exchange, body.replaceAll(".*InstanceId\\.1=([^&]*).*", "$1"));
            } else {
                send(exchange, "text/xml", instances(URLDecoder.decode(body, StandardCharsets.UTF_8)));
            }
        }
    }

    private static String action(HttpExchange exchange, String body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (exchange.getRequestURI().getPath().startsWith("/schedules/")) {
            return "GetSchedule";
        }
        return target != null ? target.replaceAll(".*\\.", "") : body.replaceAll(".*Action=([A-Za-z]*).*", "$1");
    }

    /** Refuses an action with one of AWS's codes, like {@code UnauthorizedOperation}. */
    public void deny(String action, String code) {
        denied.put(action, code);
    }

    public void allow(String action) {
        denied.remove(action);
    }

    private static void refuse(HttpExchange exchange, String action, String code) throws IOException {
        boolean isJson = exchange.getRequestHeaders().containsKey("X-Amz-Target")
                || exchange.getRequestURI().getPath().startsWith("/schedules/");
        int status = switch (code) {
            case "AuthFailure" -> 401;
            case "ServiceUnavailable" -> 503;
            default -> isJson ? 400 : 403;
        };
        send(
                exchange,
                status,
                isJson ? "application/x-amz-json-1.1" : "text/xml",
                isJson ? "{\"__type\": \"" + code + "\", \"message\": \"denied\"}" : errorOf(action, code));
    }

    private void dryRun(HttpExchange exchange, String id) throws IOException {
        Refusal refusal = refusals.get(id);
        if (refusal != null) {
            send(exchange, refusal.status, "text/xml", error(refusal.code));
        } else if (has(id)) {
            send(exchange, 412, "text/xml", error("DryRunOperation"));
        } else {
            send(exchange, 400, "text/xml", error("InvalidInstanceID.NotFound"));
        }
    }

    private void terminate(HttpExchange exchange, String id) throws IOException {
        awaitAllowed(id);
        Refusal refusal = refusals.get(id);
        if (refusal != null) {
            send(exchange, refusal.status, "text/xml", error(refusal.code));
        } else {
            terminate(id);
            send(exchange, "text/xml", "<TerminateInstancesResponse/>");
        }
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        send(exchange, 200, type, text);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String error(String code) {
        return "<Response><Errors><Error><Code>" + code + "</Code><Message>denied: " + code
                + "</Message></Error></Errors></Response>";
    }

    /** EC2's own form, or the one of STS and IAM. */
    private static String errorOf(String action, String code) {
        return Set.of("GetCallerIdentity", "AssumeRole", "GetInstanceProfile").contains(action)
                ? "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>denied: " + code
                        + "</Message></Error></ErrorResponse>"
                : error(code);
    }

    private String agents() throws IOException {
        List<Map<String, String>> agents = bastions.values().stream()
                .filter(Bastion::online)
                .map(bastion ->
                        Map.of("InstanceId", bastion.id(), "PingStatus", network.ping(), "AgentVersion", "3.3.1957.0"))
                .toList();
        return json.writeValueAsString(Map.of("InstanceInformationList", agents));
    }

    private void describeGroups(HttpExchange exchange) throws IOException {
        if (groupsDenied) {
            send(exchange, 403, "text/xml", error("UnauthorizedOperation"));
            return;
        }
        String items = groups.entrySet().stream()
                .map(group ->
                        "<item><groupId>" + group.getKey() + "</groupId><tagSet><item><key>Environment</key><value>"
                                + group.getValue() + "</value></item></tagSet></item>")
                .collect(Collectors.joining());
        send(
                exchange,
                "text/xml",
                "<DescribeSecurityGroupsResponse><securityGroupInfo>" + items
                        + "</securityGroupInfo></DescribeSecurityGroupsResponse>");
    }

    private static boolean matches(Bastion bastion, String query) {
        Matcher environment = ENVIRONMENT.matcher(query);
        if (environment.find()) {
            return environment.group(1).equals(bastion.tags().get("Environment"));
        }
        return query.contains("=instance.group-id")
                ? !bastion.group().isEmpty() && query.contains("=" + bastion.group())
                : "bastion".equals(bastion.tags().get("ManagedBy"));
    }

    /** A page of instances, as AWS cuts long answers. */
    private String instances(String query) {
        List<Bastion> all = bastions.values().stream()
                .filter(bastion -> matches(bastion, query))
                .filter(bastion -> !Instant.now().isBefore(listedFrom.getOrDefault(bastion.id(), Instant.MIN)))
                .sorted(Comparator.comparing(Bastion::id))
                .toList();
        Matcher token = NEXT.matcher(query);
        int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
        int to = Math.min(all.size(), from + PAGE);
        return "<DescribeInstancesResponse><reservationSet><item><instancesSet>"
                + all.subList(Math.min(from, to), to).stream().map(this::item).collect(Collectors.joining())
                + "</instancesSet></item></reservationSet>"
                + (to < all.size() ? "<nextToken>" + to + "</nextToken>" : "") + "</DescribeInstancesResponse>";
    }

    private Map<String, String> tagsOf(Bastion bastion) {
        Map<String, String> tags = new TreeMap<>(bastion.tags());
        tags.putAll(moreTags.getOrDefault(bastion.tags().getOrDefault("Environment", ""), Map.of()));
        return tags;
    }

    private String item(Bastion bastion) {
        String tags = tagsOf(bastion).entrySet().stream()
                .map(tag -> "<item><key>" + tag.getKey() + "</key><value>" + SmallNetwork.xml(tag.getValue())
                        + "</value></item>")
                .collect(Collectors.joining());
        String own = network.groupOf(bastion.group());
        String group = own.isEmpty() ? "" : "<item><groupId>" + own + "</groupId></item>";
        return "<item><instanceId>" + bastion.id() + "</instanceId><instanceState><code>16</code><name>"
                + bastion.state() + "</name></instanceState>" + network.placeOf(bastion.id()) + "<groupSet>" + group
                + "</groupSet><tagSet>" + tags
                + "</tagSet></item>";
    }

    @Override
    public void close() {
        List.copyOf(refusals.keySet()).forEach(this::allowTermination);
        server.stop(0);
    }
}
