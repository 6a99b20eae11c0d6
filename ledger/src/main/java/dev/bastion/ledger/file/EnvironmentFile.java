package dev.bastion.ledger.file;

import static dev.bastion.layout.file.AuditVariable.CREATED_AT;
import static dev.bastion.layout.file.AuditVariable.DEPLOY;
import static dev.bastion.layout.file.AuditVariable.EXPIRES_AT;
import static dev.bastion.layout.file.AuditVariable.USERNAME;
import static dev.bastion.layout.file.AuditVariable.USER_ID;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The five audit variables of one environment file: reads them, and renders the file with new values. */
public final class EnvironmentFile {
    private final String path;
    private final HclFile file;
    private final AuditPaths values;

    /** @param values where the file has the values */
    public EnvironmentFile(String path, byte[] bytes, AuditPaths values) {
        this.path = path;
        this.file = HclFile.parse(path, bytes);
        this.values = values;
    }

    /** The file as the layout names it; a version that has its values where an earlier layout says has them there. */
    public static EnvironmentFile in(Layout layout, String path, byte[] bytes) {
        List<AuditPaths> places = layout.auditPathsAt(path);
        if (places.size() > 1) {
            for (AuditPaths place : places) {
                EnvironmentFile file = new EnvironmentFile(path, bytes, place);
                if (!(file.state() instanceof FileState.Unrelated)) {
                    return file;
                }
            }
        }
        return new EnvironmentFile(path, bytes, places.getFirst());
    }

    public FileState state() {
        FileState state = read();
        return state instanceof FileState.Unclear(String problem, boolean _)
                ? new FileState.Unclear(problem, isNumber(file.locate(values.of(DEPLOY)), 0))
                : state;
    }

    private FileState read() {
        Map<AuditVariable, Location.Found> locations = new EnumMap<>(AuditVariable.class);
        Map<AuditVariable, String> problems = new EnumMap<>(AuditVariable.class);
        for (AuditVariable variable : AuditVariable.values()) {
            switch (file.locate(values.of(variable))) {
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
        return values.all().values().stream().allMatch(at -> file.locate(at) instanceof Location.NotFound);
    }

    private FileState state(Map<AuditVariable, Location.Found> locations) {
        Location.Found deploy = found(locations, DEPLOY);
        if (isNumber(deploy, 0)) {
            return new FileState.Closed();
        }
        if (!isNumber(deploy, 1)) {
            return unclear(deploy, values.name(DEPLOY) + " is neither 0 nor 1", "Write 0 (closed) or 1 (open)");
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
                    values.name(USER_ID) + ": " + e.getMessage(),
                    "Write the Slack user id of the person who has access");
        }
    }

    private static boolean isNumber(Location location, long number) {
        return location instanceof Location.Found found
                && found.literal() instanceof NumberLiteral literal
                && literal.is(number);
    }

    private String text(Map<AuditVariable, Location.Found> locations, AuditVariable variable) {
        if (found(locations, variable).literal() instanceof StringLiteral(String text)) {
            return text;
        }
        throw new Unclear(variable, values.of(variable) + " is not a string", "Write it in quotes");
    }

    private Instant instant(Map<AuditVariable, Location.Found> locations, AuditVariable variable) {
        try {
            return Timestamps.parse(text(locations, variable));
        } catch (DateTimeException _) {
            throw new Unclear(
                    variable,
                    values.of(variable) + " is not a time of the years 2000 to 9999",
                    "Write it like 2026-01-15T10:30:00Z, or set " + values.name(DEPLOY) + " to 0");
        }
    }

    private static Location.Found found(Map<AuditVariable, Location.Found> locations, AuditVariable variable) {
        Location.Found found = locations.get(variable);
        if (found == null) {
            throw new IllegalStateException(variable + " was not located");
        }
        return found;
    }

    private FileState unclear(Location.Found at, String problem, String remedy) {
        return new FileState.Unclear(path + ":" + at.line() + ": " + problem + ". " + remedy + ".");
    }

    /** Why the environment must not be opened although it is closed: the service would not find its bastion. */
    Optional<String> obstacle(Layout layout) {
        return NameProblems.inputProblem(file, layout).map(ShapeProblem::sentence);
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
        Map<AuditVariable, Literal> closed = new EnumMap<>(AuditVariable.class);
        for (AuditVariable variable : AuditVariable.values()) {
            if (file.locate(values.of(variable)) instanceof Location.Found) {
                closed.put(variable, variable == DEPLOY ? NumberLiteral.of(0) : new StringLiteral(""));
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

    private Map<AuditVariable, Literal> literals() {
        Map<AuditVariable, Literal> literals = new EnumMap<>(AuditVariable.class);
        values.all().forEach((variable, at) -> literals.put(variable, file.literal(at)));
        return literals;
    }

    private byte[] with(Map<AuditVariable, ? extends Literal> literals) {
        Map<HclPath, Literal> located = new HashMap<>();
        literals.forEach((variable, literal) -> located.put(values.of(variable), literal));
        return file.replace(located).bytes();
    }

    private static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final AuditVariable variable;
        private final String problem;
        private final String remedy;

        private Unclear(AuditVariable variable, String problem, String remedy) {
            super(problem);
            this.variable = variable;
            this.problem = problem;
            this.remedy = remedy;
        }
    }
}
