package dev.bastion.apply.stack;

import dev.bastion.apply.run.Intent;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.BooleanLiteral;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import dev.bastion.layout.shape.RootModule;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an environment, read from its files.
 *
 * @param root {@code root.hcl}; empty for a root module
 * @param paths where the file has the audit values
 * @param inputs the inputs of the bastion's module; the file's own override those of {@code root.hcl}, as in Terragrunt
 */
public record EnvironmentConfiguration(
        EnvironmentDirectory directory,
        HclFile file,
        Optional<HclFile> root,
        AuditPaths paths,
        Map<String, Value> inputs) {
    private static final HclPath INPUTS = HclPath.of("inputs");

    public EnvironmentConfiguration {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /**
     * Reads the files.
     *
     * @param paths where the file has the audit values
     * @throws InvalidConfiguration when a file is not HCL, or an audit variable is not a literal
     */
    public static EnvironmentConfiguration read(EnvironmentDirectory directory, AuditPaths paths) {
        try {
            HclFile file = parse(directory, directory.file());
            Optional<HclFile> root = directory.root().map(path -> parse(directory, path));
            Map<String, Value> inputs =
                    directory.isRootModule() ? ofARootModule(directory) : ofAUnit(file, root, paths);
            EnvironmentConfiguration read = new EnvironmentConfiguration(directory, file, root, paths, inputs);
            read.intentAt(Instant.EPOCH);
            return read;
        } catch (HclException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, Value> ofAUnit(HclFile file, Optional<HclFile> root, AuditPaths paths) {
        Map<String, Value> inputs = new LinkedHashMap<>();
        root.filter(each -> each.attributes().containsKey("inputs")).ifPresent(each -> {
            inputs.putAll(each.items(INPUTS));
            rejectAuditVariables(file, each, paths, inputs);
        });
        inputs.putAll(file.writtenItems(paths.object().orElse(INPUTS)));
        return inputs;
    }

    private static Map<String, Value> ofARootModule(EnvironmentDirectory directory) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.list(directory.path())) {
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(directory.display(each), Files.readAllBytes(each));
            }
        } catch (IOException e) {
            throw new InvalidConfiguration("cannot read " + directory.path() + ": " + e.getMessage(), e);
        }
        return RootModule.of(files).bastionInputs();
    }

    /** Rejects audit variables in {@code root.hcl}: the service writes and reads them in the environment's own file. */
    private static void rejectAuditVariables(
            HclFile file, HclFile root, AuditPaths paths, Map<String, Value> rootInputs) {
        for (AuditVariable variable : AuditVariable.values()) {
            if (rootInputs.containsKey(paths.name(variable))) {
                throw new InvalidConfiguration(root.name() + ": inputs." + paths.name(variable)
                        + " must not be here, but in " + file.name() + ", where the service writes it");
            }
        }
    }

    /** The value that the bastion's module gets for a variable: a root module calls it as the module does. */
    private @Nullable Value input(AuditVariable variable) {
        return inputs.get(inputName(variable));
    }

    private String inputName(AuditVariable variable) {
        return directory.isRootModule() ? variable.variable() : paths.name(variable);
    }

    /** The state that the file asks for at a time. The module decides the same with {@code plantimestamp()}. */
    public Intent intentAt(Instant moment) {
        boolean granted = switch (input(AuditVariable.DEPLOY)) {
            case NumberLiteral number when number.is(0) -> false;
            case NumberLiteral number when number.is(1) -> true;
            case null, default -> throw invalid(AuditVariable.DEPLOY, "0 or 1");
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
        if (intentAt(moment) == Intent.CLOSE || input(AuditVariable.CREATED_AT) == null) {
            return this;
        }
        Optional<Instant> createdAt = time(AuditVariable.CREATED_AT);
        Optional<Instant> expiresAt = expiresAt();
        if (createdAt.filter(moment::isBefore).isEmpty() || expiresAt.isEmpty()) {
            return this;
        }
        Instant start = moment.truncatedTo(ChronoUnit.SECONDS);
        Map<String, Value> shifted = new LinkedHashMap<>(inputs);
        shifted.put(inputName(AuditVariable.CREATED_AT), new StringLiteral(start.toString()));
        shifted.put(
                inputName(AuditVariable.EXPIRES_AT),
                new StringLiteral(start.plus(Duration.between(createdAt.get(), expiresAt.get()))
                        .toString()));
        return new EnvironmentConfiguration(directory, file, root, paths, shifted);
    }

    private Optional<Instant> expiresAt() {
        return time(AuditVariable.EXPIRES_AT);
    }

    /**
     * The file with the grant's times that are planned.
     *
     * @throws InvalidConfiguration when it cannot be written
     */
    void writePlanned() {
        HclFile planned = file;
        for (AuditVariable variable : List.of(AuditVariable.CREATED_AT, AuditVariable.EXPIRES_AT)) {
            if (input(variable) instanceof StringLiteral time
                    && file.locate(paths.of(variable)) instanceof Location.Found found
                    && !found.literal().equals(time)) {
                planned = planned.replace(paths.of(variable), time);
            }
        }
        try {
            Files.write(directory.file(), planned.bytes());
        } catch (IOException e) {
            throw new InvalidConfiguration("cannot write " + directory.file() + ": " + e.getMessage(), e);
        }
    }

    private Optional<Instant> time(AuditVariable input) {
        if (!(input(input) instanceof StringLiteral(String text))) {
            throw invalid(input, "a time like \"2026-01-15T13:30:00Z\"");
        }
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            throw invalid(input, "a time like \"2026-01-15T13:30:00Z\"");
        }
    }

    private InvalidConfiguration invalid(AuditVariable input, String expected) {
        return new InvalidConfiguration(file.name() + ": " + paths.of(input) + " must be the literal " + expected
                + ", because the service writes it and other tools read it");
    }

    private static HclFile parse(EnvironmentDirectory directory, Path path) {
        try {
            return HclFile.parse(directory.display(path), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new InvalidConfiguration("cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
