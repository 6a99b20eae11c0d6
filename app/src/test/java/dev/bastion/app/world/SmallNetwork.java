package dev.bastion.app.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is around the instances of {@link SmallAws}, as {@code terraform-modules/bastion} makes it: status checks, VPC endpoints,
 * routes, rules of security groups, instance profile and schedule. All is well until a test breaks it.
 */
public final class SmallNetwork {
    public static final String BASTION = "sg-bastion";
    public static final String DATABASE = "sg-database";
    public static final String ENDPOINTS = "sg-endpoints";

    private static final Set<String> ACTIONS = Set.of(
            "DescribeInstanceStatus",
            "DescribeVpcEndpoints",
            "DescribeRouteTables",
            "DescribeSecurityGroupRules",
            "GetInstanceProfile",
            "GetSchedule");
    private static final int RULES_ON_A_PAGE = 1_000;
    private static final Pattern INSTANCE = Pattern.compile("InstanceId\\.1=([^&]*)");
    private static final Pattern TOKEN = Pattern.compile("NextToken=(\\d+)");

    /** A rule of a security group; the peer is a group's id or a range of addresses. */
    public record Rule(String group, boolean isEgress, int port, String peer) {}

    /** A VPC endpoint. */
    public record Endpoint(String service, String state, boolean privateDns) {}

    record Answer(int status, String type, String text) {}

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    public final List<Rule> rules = new CopyOnWriteArrayList<>(List.of(
            new Rule(BASTION, true, 443, ENDPOINTS),
            new Rule(ENDPOINTS, false, 443, BASTION),
            new Rule(BASTION, true, 5432, DATABASE),
            new Rule(DATABASE, false, 5432, BASTION)));
    public final List<Endpoint> endpoints = new CopyOnWriteArrayList<>(
            List.of(new Endpoint("ssm", "available", true), new Endpoint("ssmmessages", "available", true)));
    /** Each like {@code <natGatewayId>nat-1</natGatewayId><state>active</state>}. */
    public final List<String> routes = new CopyOnWriteArrayList<>();

    public final AtomicReference<String> systemStatus = new AtomicReference<>("ok");
    public final AtomicReference<String> instanceStatus = new AtomicReference<>("ok");
    public final AtomicReference<String> event = new AtomicReference<>("");
    /** The role in the instance profile; empty for none, {@code -} where the profile is gone. */
    public final AtomicReference<String> role = new AtomicReference<>("bastion-orders-dev");

    public final AtomicReference<String> profile = new AtomicReference<>("bastion-orders-dev");
    /** The schedule as JSON; empty where there is none. */
    public final AtomicReference<String> schedule = new AtomicReference<>("");

    public final AtomicReference<String> pingStatus = new AtomicReference<>("Online");
    public final AtomicReference<String> stateReason = new AtomicReference<>("");
    public final AtomicReference<Instant> launched = new AtomicReference<>(Instant.parse("2026-01-15T10:00:00Z"));

    /** How often an action was called. */
    public int calls(String action) {
        return calls.getOrDefault(action, new AtomicInteger()).get();
    }

    /** The schedule of the module for this end of this instance, with a state. */
    public void schedule(Instant at, String instance, String state) {
        schedule.set("{\"Name\": \"x-end\", \"State\": \"" + state + "\", \"ScheduleExpression\": \"rate(10 minutes)\","
                + " \"StartDate\": " + at.getEpochSecond()
                + ", \"Target\": {\"Arn\": \"arn:aws:scheduler:::aws-sdk:ec2\","
                + " \"RoleArn\": \"arn:aws:iam::123456789012:role/x-end\", \"Input\": \"{\\\"InstanceIds\\\":[\\\""
                + instance + "\\\"]}\"}}");
    }

    boolean knows(String action) {
        return ACTIONS.contains(action);
    }

    String ping() {
        return pingStatus.get();
    }

    String groupOf(String own) {
        return own.isEmpty() ? BASTION : own;
    }

    String placeOf(String id) {
        String arn = "arn:aws:iam::123456789012:instance-profile/" + profile.get();
        return "<vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId><privateIpAddress>10.0.0.5</privateIpAddress>"
                + "<launchTime>" + launched.get() + "</launchTime>"
                + (profile.get().isEmpty() ? "" : "<iamInstanceProfile><arn>" + arn + "</arn></iamInstanceProfile>")
                + (stateReason.get().isEmpty()
                        ? ""
                        : "<stateReason><code>Client</code><message>" + xml(stateReason.get())
                                + "</message></stateReason>");
    }

    Answer answer(String action, String body) {
        calls.computeIfAbsent(action, _ -> new AtomicInteger()).incrementAndGet();
        return switch (action) {
            case "DescribeInstanceStatus" -> xmlAnswer("DescribeInstanceStatusResponse", status(body));
            case "DescribeVpcEndpoints" -> xmlAnswer("DescribeVpcEndpointsResponse", endpoints());
            case "DescribeRouteTables" -> xmlAnswer("DescribeRouteTablesResponse", routeTables());
            case "DescribeSecurityGroupRules" -> xmlAnswer("DescribeSecurityGroupRulesResponse", rules(body));
            case "GetInstanceProfile" -> profile(body);
            default -> schedule();
        };
    }

    private String status(String body) {
        Matcher asked = INSTANCE.matcher(body);
        if (!asked.find()) {
            return "<instanceStatusSet/>";
        }
        String id = asked.group(1);
        return "<instanceStatusSet><item><instanceId>" + id + "</instanceId><systemStatus><status>"
                + systemStatus.get() + "</status></systemStatus><instanceStatus><status>" + instanceStatus.get()
                + "</status></instanceStatus><eventsSet>" + event.get() + "</eventsSet></item></instanceStatusSet>";
    }

    private String endpoints() {
        return "<vpcEndpointSet>"
                + endpoints.stream()
                        .map(one -> "<item><serviceName>com.amazonaws.eu-central-1." + one.service()
                                + "</serviceName><state>" + one.state() + "</state><privateDnsEnabled>"
                                + one.privateDns() + "</privateDnsEnabled><groupSet><item><groupId>" + ENDPOINTS
                                + "</groupId></item></groupSet></item>")
                        .collect(Collectors.joining())
                + "</vpcEndpointSet>";
    }

    private String routeTables() {
        return "<routeTableSet><item><routeSet>"
                + routes.stream().map(route -> "<item>" + route + "</item>").collect(Collectors.joining())
                + "</routeSet><associationSet><item><main>true</main></item></associationSet></item></routeTableSet>";
    }

    private String rules(String body) {
        Matcher token = TOKEN.matcher(body);
        int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
        List<Rule> asked = new ArrayList<>(rules);
        asked.removeIf(rule -> !body.contains("=" + rule.group()));
        int to = Math.min(asked.size(), from + RULES_ON_A_PAGE);
        return "<securityGroupRuleSet>"
                + asked.subList(Math.min(from, to), to).stream()
                        .map(SmallNetwork::item)
                        .collect(Collectors.joining())
                + "</securityGroupRuleSet>" + (to < asked.size() ? "<nextToken>" + to + "</nextToken>" : "");
    }

    private static String item(Rule rule) {
        String peer = rule.peer().startsWith("sg-")
                ? "<referencedGroupInfo><groupId>" + rule.peer() + "</groupId></referencedGroupInfo>"
                : "<cidrIpv4>" + rule.peer() + "</cidrIpv4>";
        return "<item><groupId>" + rule.group() + "</groupId><isEgress>" + rule.isEgress()
                + "</isEgress><ipProtocol>tcp</ipProtocol><fromPort>" + rule.port() + "</fromPort><toPort>"
                + rule.port() + "</toPort>" + peer + "</item>";
    }

    private Answer profile(String body) {
        if (role.get().equals("-") || !body.contains("InstanceProfileName=" + profile.get())) {
            return new Answer(
                    404,
                    "text/xml",
                    "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>none</Message></Error>"
                            + "</ErrorResponse>");
        }
        String roles = role.get().isEmpty() ? "" : "<member><RoleName>" + role.get() + "</RoleName></member>";
        return new Answer(
                200,
                "text/xml",
                "<GetInstanceProfileResponse><GetInstanceProfileResult><InstanceProfile><InstanceProfileName>"
                        + profile.get() + "</InstanceProfileName><Roles>" + roles
                        + "</Roles></InstanceProfile></GetInstanceProfileResult></GetInstanceProfileResponse>");
    }

    private Answer schedule() {
        return schedule.get().isEmpty()
                ? new Answer(
                        404, "application/json", "{\"__type\": \"ResourceNotFoundException\", \"Message\": \"none\"}")
                : new Answer(200, "application/json", schedule.get());
    }

    private static Answer xmlAnswer(String root, String text) {
        return new Answer(200, "text/xml", "<" + root + ">" + text + "</" + root + ">");
    }

    static String xml(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
