package dev.bastion.ledger.git.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parser of one line of an {@code allowed_signers} file: principals, options, key type, key, comment. */
final class AllowedSignerLine {
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private Instant validAfter = Instant.MIN;
    private Instant validBefore = Instant.MAX;

    private AllowedSignerLine() {}

    static AllowedSigner parse(String line) throws InvalidSshFormat {
        return new AllowedSignerLine().read(words(line));
    }

    private AllowedSigner read(List<String> words) throws InvalidSshFormat {
        if (words.size() < 3) {
            throw new InvalidSshFormat("has not the form \"principals [options] type key\"");
        }
        boolean hasOptions = !isKeyType(words.get(1));
        if (hasOptions) {
            for (String option : split(words.get(1))) {
                apply(option);
            }
        }
        int type = hasOptions ? 2 : 1;
        if (words.size() < type + 2 || !words.get(type).equals(SshPublicKey.TYPE)) {
            throw new InvalidSshFormat("has a key that is not " + SshPublicKey.TYPE);
        }
        return new AllowedSigner(
                split(unquoted(words.getFirst())), validAfter, validBefore, SshPublicKey.parse(words.get(type + 1)));
    }

    private static boolean isKeyType(String word) {
        return word.matches("(sk-)?(ssh|ecdsa)-[a-z0-9@.-]+");
    }

    private void apply(String option) throws InvalidSshFormat {
        int equals = option.indexOf('=');
        String name = (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
        String value = equals < 0 ? "" : unquoted(option.substring(equals + 1));
        switch (name) {
            case "namespaces" -> {
                if (!AllowedSigner.matches(split(value), CommitSigner.NAMESPACE)) {
                    throw new InvalidSshFormat("has a key for other namespaces than " + CommitSigner.NAMESPACE);
                }
            }
            case "valid-after" -> validAfter = time(value);
            case "valid-before" -> validBefore = time(value);
            case "cert-authority" -> throw new InvalidSshFormat("is a certificate authority, which is not supported");
            default -> throw new InvalidSshFormat("has the unknown option " + name);
        }
    }

    /** {@code YYYYMMDD[Z]} or {@code YYYYMMDDHHMM[SS][Z]}; without Z in the system's time zone, as ssh-keygen reads it. */
    private static Instant time(String text) throws InvalidSshFormat {
        boolean isUtc = text.endsWith("Z");
        String digits = isUtc ? text.substring(0, text.length() - 1) : text;
        if (!digits.matches("\\d{8}|\\d{12}|\\d{14}")) {
            throw new InvalidSshFormat("has the time \"" + text + "\", which is not like 20260115 or 20260115103000Z");
        }
        try {
            String complete = digits + "0".repeat(14 - digits.length());
            return LocalDateTime.parse(complete, TO_THE_SECOND)
                    .atZone(isUtc ? ZoneOffset.UTC : ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeException _) {
            throw new InvalidSshFormat("has the time \"" + text + "\", which does not exist");
        }
    }

    private static String unquoted(String word) {
        return word.replace("\"", "");
    }

    /** The words of a line; a quoted part may have spaces. */
    private static List<String> words(String line) throws InvalidSshFormat {
        return split(line, " \t");
    }

    private static List<String> split(String list) throws InvalidSshFormat {
        return split(list, ",");
    }

    private static List<String> split(String text, String separators) throws InvalidSshFormat {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            isQuoted ^= each == '"';
            if (!isQuoted && separators.indexOf(each) >= 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(each);
            }
        }
        if (isQuoted) {
            throw new InvalidSshFormat("has a quotation mark without its partner");
        }
        parts.add(part.toString());
        return parts.stream().filter(each -> !each.isEmpty()).toList();
    }
}
