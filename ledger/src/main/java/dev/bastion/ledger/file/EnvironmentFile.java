package dev.bastion.ledger.file;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The five audit variables of one environment file: reads them, and renders the file with new values. */
public final class EnvironmentFile {
    public static final String DEPLOY_VARIABLE = "deploy_bastion";

    private static final HclPath DEPLOY = HclPath.of("inputs." + DEPLOY_VARIABLE);
    private static final HclPath USER_ID = HclPath.of("inputs.requested_by_user_id");
    private static final HclPath USERNAME = HclPath.of("inputs.requested_by_username");
    private static final HclPath CREATED_AT = HclPath.of("inputs.created_at");
    private static final HclPath EXPIRES_AT = HclPath.of("inputs.expires_at");
    private static final List<HclPath> ALL = List.of(DEPLOY, USER_ID, USERNAME, CREATED_AT, EXPIRES_AT);

    private final String path;
    private final HclFile file;

    public EnvironmentFile(String path, byte[] bytes) {
        this.path = path;
        this.file = HclFile.parse(path, bytes);
    }

    public FileState state() {
        FileState state = read();
        return state instanceof FileState.Unclear(String problem, boolean _)
                ? new FileState.Unclear(problem, isNumber(file.locate(DEPLOY), 0))
                : state;
    }

    private FileState read() {
        Map<HclPath, Location.Found> locations = new HashMap<>();
        Map<HclPath, String> problems = new LinkedHashMap<>();
        for (HclPath variable : ALL) {
            switch (file.locate(variable)) {
                case Location.Found found -> locations.put(variable, found);
                case Location.NotFound(String problem) -> problems.put(variable, problem);
                case Location.Ambiguous(String problem) -> problems.put(variable, problem);
                case Location.Unsupported(String problem) -> {
                    return new FileState.Unclear(problem);
                }
            }
        }
        if (problems.isEmpty()) {
            return state(locations);
        }
        return locations.isEmpty() && hasNoVariables()
                ? new FileState.Unrelated()
                : new FileState.Unclear(problems.values().iterator().next());
    }

    private boolean hasNoVariables() {
        return ALL.stream().allMatch(variable -> file.locate(variable) instanceof Location.NotFound);
    }

    private FileState state(Map<HclPath, Location.Found> locations) {
        Location.Found deploy = found(locations, DEPLOY);
        if (isNumber(deploy, 0)) {
            return new FileState.Closed();
        }
        if (!isNumber(deploy, 1)) {
            return unclear(deploy, "deploy_bastion is neither 0 nor 1", "Write 0 (closed) or 1 (open)");
        }
        try {
            return new FileState.Open(
                    Person.of(text(locations, USER_ID), text(locations, USERNAME)),
                    instant(locations, CREATED_AT),
                    instant(locations, EXPIRES_AT));
        } catch (Unclear unclear) {
            return unclear(found(locations, unclear.variable), unclear.problem, unclear.remedy);
        } catch (InvalidValue e) {
            return unclear(
                    found(locations, USER_ID),
                    "requested_by_user_id: " + e.getMessage(),
                    "Write the Slack user id of the person who has access");
        }
    }

    private static boolean isNumber(Location location, long number) {
        return location instanceof Location.Found found
                && found.literal() instanceof NumberLiteral literal
                && literal.is(number);
    }

    private static String text(Map<HclPath, Location.Found> locations, HclPath variable) {
        if (found(locations, variable).literal() instanceof StringLiteral(String text)) {
            return text;
        }
        throw new Unclear(variable, variable + " is not a string", "Write it in quotes");
    }

    private static Instant instant(Map<HclPath, Location.Found> locations, HclPath variable) {
        try {
            return Timestamps.parse(text(locations, variable));
        } catch (DateTimeException _) {
            throw new Unclear(
                    variable,
                    variable + " is not a time of the years 2000 to 9999",
                    "Write it like 2026-01-15T10:30:00Z, or set deploy_bastion to 0");
        }
    }

    private static Location.Found found(Map<HclPath, Location.Found> locations, HclPath variable) {
        Location.Found found = locations.get(variable);
        if (found == null) {
            throw new IllegalStateException(variable + " was not located");
        }
        return found;
    }

    private FileState unclear(Location.Found at, String problem, String remedy) {
        return new FileState.Unclear(path + ":" + at.line() + ": " + problem + ". " + remedy + ".");
    }

    public byte[] bytes() {
        return file.bytes();
    }

    /** The file with this grant in it. */
    public byte[] opened(FileState.Open access) {
        return with(Map.of(
                DEPLOY, NumberLiteral.of(1),
                USER_ID, new StringLiteral(access.holder().id()),
                USERNAME, new StringLiteral(access.holder().name()),
                CREATED_AT, new StringLiteral(access.createdAt().toString()),
                EXPIRES_AT, new StringLiteral(access.expiresAt().toString())));
    }

    /** The file with another start and end. */
    public byte[] startedAt(Instant start, Instant newEnd) {
        return with(Map.of(
                CREATED_AT, new StringLiteral(start.toString()), EXPIRES_AT, new StringLiteral(newEnd.toString())));
    }

    public byte[] extendedTo(Instant newEnd) {
        return with(Map.of(EXPIRES_AT, new StringLiteral(newEnd.toString())));
    }

    /** The closed file: no grant in it. */
    public byte[] closed() {
        StringLiteral empty = new StringLiteral("");
        return with(Map.of(
                DEPLOY, NumberLiteral.of(0), USER_ID, empty, USERNAME, empty, CREATED_AT, empty, EXPIRES_AT, empty));
    }

    /**
     * The file with {@code deploy_bastion} at 0 and every other audit value emptied that can be located; empty when
     * {@code deploy_bastion} cannot be located.
     */
    public Optional<byte[]> closedWherePossible() {
        Map<HclPath, Literal> closed = new HashMap<>();
        for (HclPath variable : ALL) {
            if (file.locate(variable) instanceof Location.Found) {
                closed.put(variable, variable.equals(DEPLOY) ? NumberLiteral.of(0) : new StringLiteral(""));
            }
        }
        return closed.containsKey(DEPLOY) ? Optional.of(with(closed)) : Optional.empty();
    }

    /**
     * The file after a reversion: byte for byte the file before the grant when only the grant changed since. Otherwise
     * it keeps the other changes, and only the audit variables get their values from before.
     */
    public byte[] revertedTo(EnvironmentFile before) {
        if (!(before.state() instanceof FileState.Closed)) {
            return closed();
        }
        boolean untouched =
                state() instanceof FileState.Open access && Arrays.equals(before.opened(access), file.bytes());
        return untouched ? before.file.bytes() : with(before.literals());
    }

    private Map<HclPath, Literal> literals() {
        Map<HclPath, Literal> literals = new HashMap<>();
        ALL.forEach(variable -> literals.put(variable, file.literal(variable)));
        return literals;
    }

    private byte[] with(Map<HclPath, Literal> literals) {
        return file.replace(literals).bytes();
    }

    private static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient HclPath variable;
        private final String problem;
        private final String remedy;

        private Unclear(HclPath variable, String problem, String remedy) {
            super(problem);
            this.variable = variable;
            this.problem = problem;
            this.remedy = remedy;
        }
    }
}
