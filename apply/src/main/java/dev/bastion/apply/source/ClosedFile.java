package dev.bastion.apply.source;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An environment file with its audit variables as they are while it is closed. */
final class ClosedFile {
    private static final HclPath SWITCH = HclPath.of("inputs.deploy_bastion");
    private static final HclPath END = HclPath.of("inputs.expires_at");
    private static final List<HclPath> EMPTY = List.of(
            HclPath.of("inputs.requested_by_user_id"),
            HclPath.of("inputs.requested_by_username"),
            HclPath.of("inputs.created_at"),
            END);

    private ClosedFile() {}

    static byte[] of(byte[] content) {
        HclFile file = HclFile.parse("terragrunt.hcl", content);
        Map<HclPath, Literal> closed = new LinkedHashMap<>(Map.of(SWITCH, NumberLiteral.of(0)));
        EMPTY.stream()
                .filter(path ->
                        file.locate(path) instanceof Location.Found found && found.literal() instanceof StringLiteral)
                .forEach(path -> closed.put(path, new StringLiteral("")));
        return file.replace(closed).bytes();
    }

    /** Whether the file asks for a bastion now; a file that cannot be read does. */
    static boolean asksToOpen(byte[] content, Instant now) {
        HclFile file = HclFile.parse("terragrunt.hcl", content);
        boolean isClosed = file.locate(SWITCH) instanceof Location.Found found
                && found.literal() instanceof NumberLiteral number
                && number.hcl().matches("0{1,9}");
        return !isClosed && !isOver(file, now);
    }

    private static boolean isOver(HclFile file, Instant now) {
        try {
            return file.locate(END) instanceof Location.Found found
                    && found.literal() instanceof StringLiteral(String text)
                    && !Instant.parse(text).isAfter(now);
        } catch (DateTimeParseException _) {
            return false;
        }
    }
}
