package dev.bastion.apply.terraform;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Terraform's error about a state lock that another run holds. */
final class StateLock {
    private static final Pattern FIELD = Pattern.compile(
            "\\b(ID|Path|Who|Created):\\s+(.*?)(?=\\s+(?:ID|Path|Operation|Who|Version|Created|Info):|\\s*$)");

    private StateLock() {}

    /** The remedy, if the errors are about a state lock. */
    static Optional<String> remedy(List<String> errors) {
        return errors.stream()
                .filter(error -> error.contains("Error acquiring the state lock"))
                .findFirst()
                .map(error -> "The state is locked by " + field(error, "Who") + " since " + field(error, "Created")
                        + ". If that run is still active, retry when it has finished. If it is dead, remove its lock: "
                        + "aws s3 rm s3://" + field(error, "Path") + ".tflock (terraform force-unlock "
                        + field(error, "ID") + ")");
    }

    private static String field(String error, String name) {
        Matcher field = FIELD.matcher(error);
        while (field.find()) {
            if (field.group(1).equals(name)) {
                return field.group(2).strip();
            }
        }
        return "(" + name + " unknown)";
    }
}
