package dev.bastion.access.grant;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An observed bastion, never an inferred one. A bastion that is not observed is absent.
 *
 * @param environment the environment's resource name, as its tags say it ({@link EnvironmentName#resourceName}); may be empty
 * @param request the request its tags name; empty when they name none
 * @param instance the bastion's id, like {@code i-0123456789abcdef0}
 * @param state the platform's own word, like {@code pending} or {@code running, agent offline}
 * @param connection how to connect, when it is ready
 * @param ownership whose it is, as its tags say it
 * @param details what else the platform says of it
 */
public record BastionObservation(
        String environment,
        Optional<RequestId> request,
        String instance,
        Condition condition,
        String state,
        Optional<Connection> connection,
        Ownership ownership,
        Details details) {

    /**
     * What the platform says of an instance, also later.
     *
     * @param account the AWS account's id
     * @param image the machine image's id
     * @param endReason why it stops or shuts down, in the platform's own words; empty while it does not
     */
    public record Details(
            Optional<String> account, Optional<String> region, Optional<String> image, Optional<String> endReason) {
        public static final Details NONE =
                new Details(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The data a person needs to connect to the database.
     *
     * @param instance the bastion's id, like {@code i-0123456789abcdef0}
     * @param databaseHost the database's host name; with several targets, that of the chosen one or the first
     * @param databasePort its port
     * @param portDocument the session document that forwards to this database alone; empty when the module made none
     * @param shellDocument the session document of a logged shell; empty when shells are off
     * @param profile the profile of people's AWS configuration that is of the bastion's account; empty for none in particular
     * @param targets the databases behind the bastion; empty where it leads to one
     */
    public record Connection(
            String instance,
            String region,
            String databaseHost,
            int databasePort,
            Optional<String> portDocument,
            Optional<String> shellDocument,
            Optional<String> profile,
            List<Target> targets) {
        public Connection {
            targets = List.copyOf(targets);
        }

        /** A connection without a profile. */
        public Connection(
                String instance,
                String region,
                String databaseHost,
                int databasePort,
                Optional<String> portDocument,
                Optional<String> shellDocument) {
            this(instance, region, databaseHost, databasePort, portDocument, shellDocument, Optional.empty());
        }

        /** A connection to one database. */
        public Connection(
                String instance,
                String region,
                String databaseHost,
                int databasePort,
                Optional<String> portDocument,
                Optional<String> shellDocument,
                Optional<String> profile) {
            this(instance, region, databaseHost, databasePort, portDocument, shellDocument, profile, List.of());
        }

        /** The same to one of several databases, of which the first is the one that it leads to. */
        public Connection to(List<Target> others) {
            return new Connection(
                    instance, region, databaseHost, databasePort, portDocument, shellDocument, profile, others);
        }

        /** The same to this database. */
        public Connection to(Target target) {
            return new Connection(
                    instance,
                    region,
                    target.host(),
                    target.port(),
                    target.portDocument(),
                    shellDocument,
                    profile,
                    targets);
        }

        private Connection by(Optional<String> other) {
            return new Connection(
                    instance, region, databaseHost, databasePort, portDocument, shellDocument, other, targets);
        }

        public Engine engine() {
            return targets.stream()
                    .filter(target -> target.host().equals(databaseHost) && target.port() == databasePort)
                    .flatMap(target -> target.engine().stream())
                    .findFirst()
                    .orElseGet(() -> Engine.of(databasePort));
        }
    }

    /**
     * One of several databases behind a bastion.
     *
     * @param name like {@code reporting}: lower-case letters, digits and hyphens, at most 20
     * @param portDocument the session document that forwards to it alone; empty when the module made none
     * @param engine empty where the tags do not say it
     */
    public record Target(String name, String host, int port, Optional<String> portDocument, Optional<Engine> engine) {
        private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?");

        public Target {
            if (!isName(name)) {
                throw new InvalidValue("target", name, "lower-case letters, digits and hyphens, at most 20");
            }
        }

        public static boolean isName(String text) {
            return NAME.matcher(text).matches();
        }
    }

    /** The kind of a database. */
    public enum Engine {
        POSTGRESQL,
        MYSQL,
        OTHER;

        /** The kind that an engine's name means, as RDS or people write it: {@code aurora-postgresql} or {@code mariadb}. */
        public static Engine named(String name) {
            if (name.contains("postgres")) {
                return POSTGRESQL;
            }
            return name.contains("mysql") || name.contains("mariadb") ? MYSQL : OTHER;
        }

        private static Engine of(int port) {
            return switch (port) {
                case 5432, 5433, 6432 -> POSTGRESQL;
                case 3306, 3307 -> MYSQL;
                default -> OTHER;
            };
        }
    }

    /**
     * Whose an instance is, as its tags say it.
     *
     * @param isTagged whether it has the tag {@code ManagedBy=bastion}; without it, it only has a bastion's security group
     * @param ledger the ledger that its tags name; empty for instances of older versions
     * @param isOfOtherLedger whether that ledger is known to be another one
     * @param contradiction why its tags cannot be true, for people
     */
    public record Ownership(
            boolean isTagged, Optional<String> ledger, boolean isOfOtherLedger, Optional<String> contradiction) {
        static final Ownership TAGGED = new Ownership(true, Optional.empty(), Optional.empty());

        /** Of this ledger, or of none. */
        public Ownership(boolean isTagged, Optional<String> ledger, Optional<String> contradiction) {
            this(isTagged, ledger, false, contradiction);
        }
    }

    /** A bastion of which no more is known. */
    public BastionObservation(
            String environment,
            Optional<RequestId> request,
            String instance,
            Condition condition,
            String state,
            Optional<Connection> connection,
            Ownership ownership) {
        this(environment, request, instance, condition, state, connection, ownership, Details.NONE);
    }

    /** A bastion that has our tag and names no ledger. */
    public BastionObservation(
            String environment,
            Optional<RequestId> request,
            String instance,
            Condition condition,
            String state,
            Optional<Connection> connection) {
        this(environment, request, instance, condition, state, connection, Ownership.TAGGED);
    }

    /** The same bastion in this account, with the profile that people connect by. */
    public BastionObservation at(String account, Optional<String> profile) {
        return new BastionObservation(
                environment,
                request,
                instance,
                condition,
                state,
                connection.map(known -> known.by(profile)),
                ownership,
                new Details(Optional.of(account), details.region(), details.image(), details.endReason()));
    }

    public enum Condition {
        /** There, and cannot be connected to: it comes up, or it is stopped and can be started again. */
        COMING,
        /** It runs and its agent is online: people can connect. */
        READY,
        /** Shutting down. */
        LEAVING
    }

    /** Whether it is shutting down, so that only its end can come. */
    public boolean isLeaving() {
        return condition == Condition.LEAVING;
    }

    /** Whether this is the bastion of that ended grant. One that names no request belongs to an open grant first. */
    public boolean belongsToEnded(Grant grant, List<Grant> open) {
        return belongsTo(grant) && (request.isPresent() || open.stream().noneMatch(this::belongsTo));
    }

    /**
     * Whether this is the bastion of that grant: same environment, and not tagged as another request's or another ledger's.
     */
    public boolean belongsTo(Grant grant) {
        return ownership.isTagged()
                && !ownership.isOfOtherLedger()
                && ownership.contradiction().isEmpty()
                && environment.equals(grant.environment().resourceName())
                && request.map(grant.request()::equals).orElse(true);
    }
}
