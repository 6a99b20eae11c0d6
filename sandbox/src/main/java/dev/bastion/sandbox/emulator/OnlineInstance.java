package dev.bastion.sandbox.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An instance of the emulator whose agent can register, tagged as a bastion, with its session document: for tests. */
public final class OnlineInstance implements AutoCloseable {
    private static final String TRUST = """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
         "Principal": {"Service": "ec2.amazonaws.com"}}]}\
        """;
    private static final String AGENT = """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ssm:*", "ssmmessages:*"],
         "Resource": "*"}]}\
        """;
    private static final String DOCUMENT = """
        {"schemaVersion": "1.0", "sessionType": "Port",
         "parameters": {"localPortNumber": {"type": "String", "default": "0", "allowedPattern": "^[0-9]+$"}},
         "properties": {"type": "LocalPortForwarding", "host": "db.internal", "portNumber": "5432",
                        "localPortNumber": "{{ localPortNumber }}"}}\
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI emulator;
    private final String id;

    /**
     * Runs it.
     *
     * @param tags what else it is tagged with
     */
    public OnlineInstance(URI emulator, Map<String, String> tags) {
        this.emulator = emulator;
        iam("CreateRole", Map.of("RoleName", "agent", "AssumeRolePolicyDocument", TRUST));
        iam("PutRolePolicy", Map.of("RoleName", "agent", "PolicyName", "agent", "PolicyDocument", AGENT));
        iam("CreateInstanceProfile", Map.of("InstanceProfileName", "agent"));
        iam("AddRoleToInstanceProfile", Map.of("InstanceProfileName", "agent", "RoleName", "agent"));
        String vpc = found(ec2("DescribeVpcs", Map.of()), "vpcId");
        String gateway = found(ec2("CreateInternetGateway", Map.of()), "internetGatewayId");
        ec2("AttachInternetGateway", Map.of("InternetGatewayId", gateway, "VpcId", vpc));
        String table = found(ec2("DescribeRouteTables", Map.of()), "routeTableId");
        ec2("CreateRoute", Map.of("RouteTableId", table, "DestinationCidrBlock", "0.0.0.0/0", "GatewayId", gateway));
        String subnet = found(ec2("DescribeSubnets", Map.of()), "subnetId");
        id = found(ec2("RunInstances", request(subnet)), "instanceId");
        tag(Map.of("ManagedBy", "bastion", "PortDocument", "orders-dev-port"));
        tag(tags);
        ssm(
                "CreateDocument",
                "{\"Name\":\"orders-dev-port\",\"DocumentType\":\"Session\",\"Content\":\""
                        + DOCUMENT.replace("\"", "\\\"").replace("\n", "") + "\"}");
    }

    private static Map<String, String> request(String subnet) {
        return Map.of(
                "ImageId", "ami-12c6146b",
                "MinCount", "1",
                "MaxCount", "1",
                "SubnetId", subnet,
                "IamInstanceProfile.Name", "agent");
    }

    /** Adds tags, or changes them. */
    public void tag(Map<String, String> tags) {
        tags.forEach(
                (key, value) -> ec2("CreateTags", Map.of("ResourceId.1", id, "Tag.1.Key", key, "Tag.1.Value", value)));
    }

    public String id() {
        return id;
    }

    public void terminate() {
        ec2("TerminateInstances", Map.of("InstanceId.1", id));
    }

    /** Calls SSM. */
    public HttpResponse<String> ssm(String action, String body) {
        return send(to("ssm")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "AmazonSSM." + action)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private void iam(String action, Map<String, String> parameters) {
        query("iam", action, "2010-05-08", parameters);
    }

    private String ec2(String action, Map<String, String> parameters) {
        return query("ec2", action, "2016-11-15", parameters);
    }

    private String query(String service, String action, String version, Map<String, String> parameters) {
        StringBuilder form = new StringBuilder("Action=" + action + "&Version=" + version);
        parameters.forEach(
                (name, value) -> form.append('&').append(name).append('=').append(URLEncoder.encode(value, UTF_8)));
        HttpResponse<String> answer = send(to(service)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(action + ": " + answer.body());
        }
        return answer.body();
    }

    private static String found(String xml, String name) {
        Matcher value = Pattern.compile("<" + name + ">([^<]+)<").matcher(xml);
        if (!value.find()) {
            throw new IllegalStateException("no " + name + " in " + xml);
        }
        return value.group(1);
    }

    private HttpRequest.Builder to(String service) {
        return HttpRequest.newBuilder(emulator.resolve("/"))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=none");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
