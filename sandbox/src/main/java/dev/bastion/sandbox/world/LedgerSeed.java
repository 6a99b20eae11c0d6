package dev.bastion.sandbox.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.sandbox.emulator.Prerequisites;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a new ledger: the checkout's, with the ids of the prerequisites and the sandbox's policy. */
final class LedgerSeed {
    private static final List<String> TAKEN = List.of("environments", "terraform-modules", "ledger.yaml");
    private static final Pattern LEFT_OUT =
            Pattern.compile("(^|.*/)(\\.terraform|\\.terragrunt-cache|[^/]*\\.tfstate).*");

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private LedgerSeed() {}

    static LedgerSeed of(Path checkout, Prerequisites made) {
        LedgerSeed seed = new LedgerSeed();
        TAKEN.forEach(path -> seed.files.putAll(take(checkout, path)));
        seed.files.replaceAll((path, text) -> path.endsWith("/terragrunt.hcl")
                ? withIds(new String(text, UTF_8), made).getBytes(UTF_8)
                : text);
        seed.files.put("environments/access-policy.yaml", resource("access-policy.yaml"));
        return seed;
    }

    /** For where nothing is applied: two environments and people of our own, whatever the checkout says. */
    static LedgerSeed rehearsal() {
        LedgerSeed seed = new LedgerSeed();
        seed.files.put("environments/access-policy.yaml", resource("access-policy.yaml"));
        seed.files.put("environments/people.yaml", resource("rehearsal/people.yaml"));
        for (String environment : List.of("dev", "prod")) {
            seed.files.put(
                    "environments/" + environment + "/bastion/terragrunt.hcl", resource("rehearsal/terragrunt.hcl"));
        }
        return seed;
    }

    /** With the key that signs the entries, for people who verify them. */
    LedgerSeed with(SigningKey key) {
        files.put("environments/allowed_signers", key.allowedSigners().getBytes(UTF_8));
        return this;
    }

    /** Content by path, in the order of paths. */
    SortedMap<String, byte[]> files() {
        return files;
    }

    /** A literal of {@code environments/root.hcl}, such as {@code region}. */
    static String rootLiteral(Path checkout, String name) {
        Path root = checkout.resolve("environments/root.hcl");
        try {
            Matcher found = Pattern.compile("(?m)^\\s*" + name + "\\s*=\\s*\"([^\"]*)\"")
                    .matcher(Files.readString(root));
            if (!found.find()) {
                throw new IllegalStateException(root + " has no string value for " + name);
            }
            return found.group(1);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + root, failure);
        }
    }

    /** The content of a file, or of a folder with all that is in it, by path from the checkout. */
    static SortedMap<String, byte[]> take(Path checkout, String start) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(checkout.resolve(start))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String path = checkout.relativize(file).toString().replace('\\', '/');
                if (!LEFT_OUT.matcher(path).matches()) {
                    files.put(path, Files.readAllBytes(file));
                }
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + start, failure);
        }
    }

    /** An environment's file with the ids of what its account has. */
    static String withIds(String file, Prerequisites made) {
        Map<String, String> values = Map.of(
                "vpc_id", quoted(made.vpc()),
                "subnet_id", quoted(made.subnet()),
                "rds_security_group_id", quoted(made.databaseSecurityGroup()),
                "kms_key_arn", quoted(made.kmsKey()),
                "vpc_endpoint_security_group_ids",
                        made.endpointSecurityGroups().stream()
                                .map(LedgerSeed::quoted)
                                .collect(Collectors.joining(", ", "[", "]")));
        String text = file;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replaceAll(
                    "(?m)^(\\s*" + value.getKey() + "\\s*=\\s*)(\"[^\"]*\"|\\[[^\\]]*\\])",
                    "$1" + Matcher.quoteReplacement(value.getValue()));
        }
        return text;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static byte[] resource(String name) {
        try (InputStream found = LedgerSeed.class.getResourceAsStream("/world/" + name)) {
            if (found == null) {
                throw new IllegalStateException("world/" + name + " is not on the class path");
            }
            return found.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read world/" + name, failure);
        }
    }
}
