package dev.bastion.apply.stack;

import dev.bastion.apply.run.Intent;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.BooleanLiteral;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of an environment, read from its files.
 *
 * @param inputs the module's inputs; the file's own override those of {@code root.hcl}, as in Terragrunt
 */
public record EnvironmentConfiguration(
        EnvironmentDirectory directory, HclFile file, HclFile root, Map<String, Value> inputs) {
    private static final HclPath INPUTS = HclPath.of("inputs");
    private static final List<String> AUDIT_VARIABLES =
            List.of("deploy_bastion", "requested_by_user_id", "requested_by_username", "created_at", "expires_at");

    public EnvironmentConfiguration {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /**
     * Reads the files.
     *
     * @throws InvalidConfiguration when a file is not HCL, or an audit variable is not a literal
     */
    public static EnvironmentConfiguration read(EnvironmentDirectory directory) {
        try {
            HclFile file = parse(directory, directory.file());
            HclFile root = parse(directory, directory.root());
            Map<String, Value> inputs = new LinkedHashMap<>();
            if (root.attributes().containsKey("inputs")) {
                inputs.putAll(root.items(INPUTS));
                rejectAuditVariables(directory, inputs);
            }
            inputs.putAll(file.writtenItems(INPUTS));
            EnvironmentConfiguration read = new EnvironmentConfiguration(directory, file, root, inputs);
            read.intentAt(Instant.EPOCH);
            return read;
        } catch (HclException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()), e);
        }
    }

    /** Rejects audit variables in {@code root.hcl}: the service writes and reads them in the environment's own file. */
    private static void rejectAuditVariables(EnvironmentDirectory directory, Map<String, Value> rootInputs) {
        for (String input : AUDIT_VARIABLES) {
            if (rootInputs.containsKey(input)) {
                throw new InvalidConfiguration(
                        directory.display(directory.root()) + ": inputs." + input + " must not be here, but in "
                                + directory.display(directory.file()) + ", where the service writes it");
            }
        }
    }

    /** The state that the file asks for at a time. The module decides the same with {@code plantimestamp()}. */
    public Intent intentAt(Instant moment) {
        boolean granted = switch (inputs.get("deploy_bastion")) {
            case NumberLiteral number when number.is(0) -> false;
            case NumberLiteral number when number.is(1) -> true;
            case null, default -> throw invalid("deploy_bastion", "0 or 1");
        };
        boolean ends = !(inputs.get("auto_terminate") instanceof BooleanLiteral(boolean isTrue)) || isTrue;
        boolean ended =
                ends && granted && !expiresAt().map(end -> end.isAfter(moment)).orElse(true);
        return granted && !ended ? Intent.OPEN : Intent.CLOSE;
    }

    /** Whether the file asks for rules that stand while it is closed. */
    public boolean hasStandingRules() {
        return inputs.get("standing_rules") instanceof BooleanLiteral(boolean isTrue) && isTrue;
    }

    /**
     * The same as if its grant began at this moment, where it begins later: the module opens nothing that begins in the
     * future, and the plan of a request for later shows what will be opened. Only for plans that are never applied.
     */
    public EnvironmentConfiguration asIfBegunBy(Instant moment) {
        if (intentAt(moment) == Intent.CLOSE || !inputs.containsKey("created_at")) {
            return this;
        }
        Optional<Instant> createdAt = time("created_at");
        Optional<Instant> expiresAt = expiresAt();
        if (createdAt.filter(moment::isBefore).isEmpty() || expiresAt.isEmpty()) {
            return this;
        }
        Instant start = moment.truncatedTo(ChronoUnit.SECONDS);
        Map<String, Value> shifted = new LinkedHashMap<>(inputs);
        shifted.put("created_at", new StringLiteral(start.toString()));
        shifted.put(
                "expires_at",
                new StringLiteral(start.plus(Duration.between(createdAt.get(), expiresAt.get()))
                        .toString()));
        return new EnvironmentConfiguration(directory, file, root, shifted);
    }

    private Optional<Instant> expiresAt() {
        return time("expires_at");
    }

    private Optional<Instant> time(String input) {
        if (!(inputs.get(input) instanceof StringLiteral(String text))) {
            throw invalid(input, "a time like \"2026-01-15T13:30:00Z\"");
        }
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            throw invalid(input, "a time like \"2026-01-15T13:30:00Z\"");
        }
    }

    private InvalidConfiguration invalid(String input, String expected) {
        return new InvalidConfiguration(directory.display(directory.file()) + ": inputs." + input
                + " must be the literal " + expected + ", because the service writes it and other tools read it");
    }

    private static HclFile parse(EnvironmentDirectory directory, Path path) {
        try {
            return HclFile.parse(directory.display(path), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new InvalidConfiguration("cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
