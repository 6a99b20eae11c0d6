package dev.bastion.apply.stack;

import dev.bastion.apply.run.Intent;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.BooleanLiteral;
import dev.bastion.hcl.model.HclEditException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An environment as its files say it.
 *
 * @param inputs the module's inputs, those of {@code root.hcl} below those of the file itself, as Terragrunt merges them
 */
public record EnvironmentConfiguration(
        EnvironmentDirectory directory, HclFile file, HclFile root, Map<String, Value> inputs) {
    private static final HclPath INPUTS = HclPath.of("inputs");
    private static final List<String> AUDITED =
            List.of("deploy_bastion", "requested_by_user_id", "requested_by_username", "created_at", "expires_at");

    public EnvironmentConfiguration {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /**
     * Reads the files.
     *
     * @throws InvalidConfiguration when they are not HCL, or what the service writes into them is not literally there
     */
    public static EnvironmentConfiguration read(EnvironmentDirectory directory) {
        try {
            HclFile file = parse(directory.file());
            HclFile root = parse(directory.root());
            Map<String, Value> inputs = new LinkedHashMap<>();
            if (root.attributes().containsKey("inputs")) {
                inputs.putAll(root.items(INPUTS));
                requireNone(directory, inputs);
            }
            inputs.putAll(file.items(INPUTS));
            EnvironmentConfiguration read = new EnvironmentConfiguration(directory, file, root, inputs);
            read.intentAt(Instant.EPOCH);
            return read;
        } catch (HclEditException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()), e);
        }
    }

    /** Who has access stands in the environment's own file: there the service writes it, and there it is looked for. */
    private static void requireNone(EnvironmentDirectory directory, Map<String, Value> ofTheRoot) {
        for (String input : AUDITED) {
            if (ofTheRoot.containsKey(input)) {
                throw new InvalidConfiguration(directory.root() + ": inputs." + input + " must not stand here, but in "
                        + directory.file() + ", where the service writes it");
            }
        }
    }

    /** What the file asks for at a moment; the module decides the same, with {@code plantimestamp()} for the moment. */
    public Intent intentAt(Instant moment) {
        boolean granted = switch (inputs.get("deploy_bastion")) {
            case NumberLiteral number when number.number().signum() == 0 -> false;
            case NumberLiteral number when number.number().intValueExact() == 1 -> true;
            case null, default -> throw wrong("deploy_bastion", "0 or 1");
        };
        boolean ends = !(inputs.get("auto_terminate") instanceof BooleanLiteral(boolean isTrue)) || isTrue;
        boolean ended =
                ends && granted && !expiresAt().map(end -> end.isAfter(moment)).orElse(true);
        return granted && !ended ? Intent.OPEN : Intent.CLOSE;
    }

    private Optional<Instant> expiresAt() {
        if (!(inputs.get("expires_at") instanceof StringLiteral(String text))) {
            throw wrong("expires_at", "a moment like \"2026-01-15T13:30:00Z\"");
        }
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            throw wrong("expires_at", "a moment like \"2026-01-15T13:30:00Z\"");
        }
    }

    private InvalidConfiguration wrong(String input, String form) {
        return new InvalidConfiguration(directory.file() + ": inputs." + input + " must be literally " + form
                + "; the service writes it and everybody must be able to read it");
    }

    private static HclFile parse(Path path) {
        try {
            return HclFile.parse(path.toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new InvalidConfiguration("cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
