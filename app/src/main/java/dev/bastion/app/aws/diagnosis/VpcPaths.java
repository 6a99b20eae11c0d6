package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * The ways out of an instance's subnet: the VPC's interface endpoints, and the routes of the subnet's table or of the VPC's main one.
 *
 * @param endpoints those of Systems Manager
 */
record VpcPaths(String vpc, List<VpcEndpoint> endpoints, List<Route> routes) {
    static final String ENDPOINTS = "ec2:DescribeVpcEndpoints";
    static final String ROUTES = "ec2:DescribeRouteTables";
    /** More than a VPC may have of either without asking AWS. */
    private static final int MOST = 500;

    private static final String ANYWHERE = "0.0.0.0/0";

    /** Empty where AWS does not tell one of them. */
    static Optional<VpcPaths> of(Ec2Client ec2, ReadCalls calls, BastionInstance bastion, Findings found) {
        if (bastion.vpc().isEmpty()) {
            return Optional.empty();
        }
        Filter ofVpc = filter("vpc-id", bastion.vpc().get());
        Optional<List<VpcEndpoint>> endpoints = calls.ask(
                ENDPOINTS,
                "the VPC's endpoints",
                found,
                () -> ec2.describeVpcEndpointsPaginator(request -> request.filters(ofVpc)).vpcEndpoints().stream()
                        .limit(MOST)
                        .toList());
        Optional<List<RouteTable>> tables = calls.ask(
                ROUTES,
                "the subnet's routes",
                found,
                () -> ec2.describeRouteTablesPaginator(request -> request.filters(ofVpc)).routeTables().stream()
                        .limit(MOST)
                        .toList());
        return endpoints.isEmpty() || tables.isEmpty()
                ? Optional.empty()
                : Optional.of(new VpcPaths(
                        bastion.vpc().get(),
                        endpoints.get(),
                        routes(tables.get(), bastion.instance().subnetId())));
    }

    private static List<Route> routes(List<RouteTable> tables, String subnet) {
        return Stream.concat(
                        tables.stream()
                                .filter(table -> table.associations().stream()
                                        .anyMatch(one -> Objects.equals(one.subnetId(), subnet) && subnet != null)),
                        tables.stream()
                                .filter(table -> table.associations().stream()
                                        .map(RouteTableAssociation::main)
                                        .anyMatch(Boolean.TRUE::equals)))
                .findFirst()
                .map(RouteTable::routes)
                .orElse(List.of());
    }

    Optional<VpcEndpoint> endpoint(String service) {
        List<VpcEndpoint> of = endpoints.stream()
                .filter(endpoint ->
                        endpoint.serviceName() != null && endpoint.serviceName().endsWith("." + service))
                .toList();
        return of.stream()
                .filter(VpcPaths::isUsable)
                .findFirst()
                .or(() -> of.stream().findFirst());
    }

    /** Whether names of the service lead to it. */
    private static boolean isUsable(VpcEndpoint endpoint) {
        return isAvailable(endpoint) && Boolean.TRUE.equals(endpoint.privateDnsEnabled());
    }

    /** AWS writes the state with a capital letter in some answers. */
    static boolean isAvailable(VpcEndpoint endpoint) {
        return "available".equalsIgnoreCase(endpoint.stateAsString());
    }

    static Set<String> groupsOf(VpcEndpoint endpoint) {
        return endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).collect(Collectors.toSet());
    }

    Set<String> endpointGroups() {
        List<VpcEndpoint> used = new ArrayList<>();
        ManagementPathFindings.SERVICES.forEach(service -> endpoint(service).ifPresent(used::add));
        return used.stream().flatMap(endpoint -> groupsOf(endpoint).stream()).collect(Collectors.toSet());
    }

    /** The default route; an internet gateway is none for an instance without a public address. */
    Optional<Route> defaultRoute() {
        return routes.stream()
                .filter(route -> ANYWHERE.equals(route.destinationCidrBlock()))
                .filter(route -> route.gatewayId() == null || !route.gatewayId().startsWith("igw-"))
                .findFirst();
    }

    static boolean isBlackhole(Route route) {
        return route.state() == RouteState.BLACKHOLE;
    }

    /** Whether a route leads to another network, which may have the endpoints. */
    boolean leadToOtherNetworks() {
        return routes.stream()
                .anyMatch(route -> !isBlackhole(route)
                        && (route.transitGatewayId() != null
                                || route.vpcPeeringConnectionId() != null
                                || route.coreNetworkArn() != null));
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
