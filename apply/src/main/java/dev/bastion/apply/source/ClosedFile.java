package dev.bastion.apply.source;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** An environment file with its audit variables as they are while it is closed. */
final class ClosedFile {
    private ClosedFile() {}

    static byte[] of(byte[] content, AuditPaths paths) {
        HclFile file = HclFile.parse("the environment file", content);
        Map<HclPath, Literal> closed = new LinkedHashMap<>(Map.of(paths.of(AuditVariable.DEPLOY), NumberLiteral.of(0)));
        Stream.of(AuditVariable.values())
                .filter(variable -> variable != AuditVariable.DEPLOY)
                .map(paths::of)
                .filter(path ->
                        file.locate(path) instanceof Location.Found found && found.literal() instanceof StringLiteral)
                .forEach(path -> closed.put(path, new StringLiteral("")));
        return file.replace(closed).bytes();
    }

    /** Whether the file asks for a bastion now; a file that cannot be read does. */
    static boolean asksToOpen(byte[] content, AuditPaths paths, Instant now) {
        HclFile file = HclFile.parse("the environment file", content);
        boolean isClosed = file.locate(paths.of(AuditVariable.DEPLOY)) instanceof Location.Found found
                && found.literal() instanceof NumberLiteral number
                && number.hcl().matches("0{1,9}");
        return !isClosed && !isOver(file, paths, now);
    }

    private static boolean isOver(HclFile file, AuditPaths paths, Instant now) {
        try {
            return file.locate(paths.of(AuditVariable.EXPIRES_AT)) instanceof Location.Found found
                    && found.literal() instanceof StringLiteral(String text)
                    && !Instant.parse(text).isAfter(now);
        } catch (DateTimeParseException _) {
            return false;
        }
    }
}
