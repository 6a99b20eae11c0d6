package dev.bastion.apply.terraform;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Terraform says when somebody else holds the lock on a state. */
final class StateLock {
    private static final Pattern FIELD = Pattern.compile(
            "\\b(ID|Path|Who|Created):\\s+(.*?)(?=\\s+(?:ID|Path|Operation|Who|Version|Created|Info):|\\s*$)");

    private StateLock() {}

    /** What to do about it, when that is what the errors say. */
    static Optional<String> remedy(List<String> errors) {
        return errors.stream()
                .filter(error -> error.contains("Error acquiring the state lock"))
                .findFirst()
                .map(error -> "The state is locked by " + field(error, "Who") + " since " + field(error, "Created")
                        + ". If that run is still going, run this again when it is done. If it is dead, take its lock away: "
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
        return "(" + name + " not told)";
    }
}
