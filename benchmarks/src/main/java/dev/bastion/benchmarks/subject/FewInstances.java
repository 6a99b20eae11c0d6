package dev.bastion.benchmarks.subject;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.access.grant.EnvironmentName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An AWS with the bastions that are put into it, online, which answers every request of the service at once. */
final class FewInstances implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Bastion> bastions = new CopyOnWriteArrayList<>();

    private record Bastion(String id, String environment, String request) {}

    FewInstances() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Adds the bastion of a grant. */
    void online(EnvironmentName environment, String request) {
        bastions.add(new Bastion("i-%017x".formatted(bastions.size() + 1), environment.resourceName(), request));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
                send(exchange, "application/x-amz-json-1.1", agents());
            } else if (body.contains("Action=DescribeSecurityGroups")) {
                send(exchange, "text/xml", "<DescribeSecurityGroupsResponse/>");
            } else {
                send(exchange, "text/xml", instances());
            }
        }
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String agents() {
        return bastions.stream()
                .map(bastion -> "{\"InstanceId\": \"%s\", \"PingStatus\": \"Online\"}".formatted(bastion.id()))
                .collect(Collectors.joining(", ", "{\"InstanceInformationList\": [", "]}"));
    }

    private String instances() {
        return bastions.stream()
                .map(bastion -> "<item><instanceId>" + bastion.id()
                        + "</instanceId><instanceState><code>16</code><name>running</name></instanceState><tagSet>"
                        + tag("ManagedBy", "bastion") + tag("Environment", bastion.environment())
                        + tag("RequestId", bastion.request()) + tag("Database", "db.internal:5432")
                        + "</tagSet></item>")
                .collect(Collectors.joining(
                        "",
                        "<DescribeInstancesResponse><reservationSet><item><instancesSet>",
                        "</instancesSet></item></reservationSet></DescribeInstancesResponse>"));
    }

    private static String tag(String key, String value) {
        return "<item><key>" + key + "</key><value>" + value + "</value></item>";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
