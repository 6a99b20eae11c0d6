package dev.bastion.apply.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The removal of secrets from what a run prints, posts and writes. Secrets are the values of the process's environment,
 * unless the variable is known to have none, and the credentials in the files that it names. A secret is found as it
 * is, in base64, hexadecimal or percent-encoding, in upper or lower case, cut short, and split by spaces, lines or the
 * frames that Terraform draws.
 */
public final class Redaction {
    private static final String MASK = "[redacted]";
    private static final int SHORTEST = 8;
    /** The length of a part that is enough to recognise a longer secret. */
    private static final int PART = 12;

    private static final int LONG_WORD = 16;
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE|_KEY|APIKEY|AUTH).*");
    private static final Pattern PLAIN_NAME = Pattern.compile(
            "(?i)PATH|HOME|USER|LOGNAME|PWD|OLDPWD|SHELL|LANG|LANGUAGE|LC_.*|TZ|TERM|TMPDIR|TEMP|TMP|HOSTNAME|SHLVL|_|CI"
                    + "|JAVA_HOME.*|GITHUB_.*|RUNNER_.*|AWS_REGION|AWS_DEFAULT_REGION|AWS_ENDPOINT_URL.*|AWS_PROFILE"
                    + "|AWS_ROLE_ARN|AWS_ROLE_SESSION_NAME|TF_CLI_CONFIG_FILE|TF_PLUGIN_CACHE_DIR|TF_LOG|TF_LOG_PATH"
                    + "|BASTION_[A-Z_]+|HEAD_SHA|BASE_SHA|BEFORE|AGENT_TOOLSDIRECTORY|IMAGE(OS|VERSION)|DEBIAN_FRONTEND|GOROOT_.*|ANDROID_.*");
    /** A value like {@code prod/orders}, which is no secret unless the variable's name says so. */
    private static final Pattern PLAIN_WORDS = Pattern.compile("[a-z]{1,20}([-_./][a-z]{1,20}){0,5}");

    private static final Pattern CREDENTIAL_FILE = Pattern.compile(
            "AWS_(WEB_IDENTITY_TOKEN|SHARED_CREDENTIALS|CONTAINER_AUTHORIZATION_TOKEN)_FILE|[A-Z_]*_TOKEN_FILE");
    private static final Pattern WORD = Pattern.compile("[^\\s\"'=,:;{}]+");

    private final Set<String> whole = ConcurrentHashMap.newKeySet();
    private final Set<String> parts = ConcurrentHashMap.newKeySet();

    private Redaction() {}

    /** The redaction of a process's secrets. */
    public static Redaction of(Map<String, String> environment) {
        Redaction redaction = new Redaction();
        redaction.learn(environment);
        credentialFiles(environment).forEach(file -> words(file).forEach(redaction::add));
        return redaction;
    }

    /** Removes the secrets among these variables, too, from now on and on every thread. */
    public void learn(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (isSecret(name, value)) {
                value.lines().forEach(this::add);
                add(value);
            }
        });
    }

    private static boolean isSecret(String name, String value) {
        if (SECRET_NAME.matcher(name).matches() && !name.endsWith("_FILE")) {
            return true;
        }
        return !PLAIN_NAME.matcher(name).matches()
                && !PLAIN_WORDS.matcher(value).matches()
                && !isPath(value);
    }

    private static boolean isPath(String value) {
        try {
            return value.startsWith("/") && Files.exists(Path.of(value));
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static List<Path> credentialFiles(Map<String, String> environment) {
        List<Path> files = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (CREDENTIAL_FILE.matcher(name).matches()) {
                add(files, value);
            }
        });
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            List.of("/.aws/credentials", "/.terraform.d/credentials.tfrc.json", "/.netrc", "/.git-credentials")
                    .forEach(name -> add(files, home + name));
        }
        return files;
    }

    private static void add(List<Path> files, String path) {
        try {
            files.add(Path.of(path));
        } catch (InvalidPathException _) {
            // names no file
        }
    }

    private static List<String> words(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (InputStream content = Files.newInputStream(file)) {
            String text = new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return WORD.matcher(text)
                    .results()
                    .map(match -> match.group())
                    .filter(word -> word.length() >= LONG_WORD)
                    .toList();
        } catch (IOException _) {
            return List.of(); // what cannot be read here cannot be read by a child either
        }
    }

    private void add(String secret) {
        if (secret.strip().length() >= SHORTEST) {
            forms(secret.strip()).forEach(this::addForm);
        }
    }

    private static List<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        List<String> forms = new ArrayList<>(List.of(
                secret,
                secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
                secret.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;"),
                secret.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"),
                HexFormat.of().formatHex(bytes),
                new StringBuilder(secret).reverse().toString()));
        for (int before = 0; before < 3; before++) {
            forms.addAll(base64(bytes, before));
        }
        return forms;
    }

    /** The characters of base64 that the secret alone decides, behind so many other bytes. */
    private static List<String> base64(byte[] secret, int before) {
        byte[] all = new byte[before + secret.length];
        System.arraycopy(secret, 0, all, before, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(all);
        String own = encoded.substring((before * 8 + 5) / 6, all.length * 8 / 6);
        return List.of(own, own.replace('+', '-').replace('/', '_'));
    }

    private void addForm(String form) {
        String plain = Normal.of(form).text();
        if (plain.length() < PART) {
            if (plain.length() >= SHORTEST) {
                whole.add(plain);
            }
            return;
        }
        for (int at = 0; at + PART <= plain.length(); at++) {
            parts.add(plain.substring(at, at + PART));
        }
    }

    /** The text with every secret replaced by {@code [redacted]}. */
    public String text(String text) {
        if (whole.isEmpty() && parts.isEmpty()) {
            return text;
        }
        Normal normal = Normal.of(text);
        boolean[] secret = new boolean[text.length()];
        for (int at = 0; at + PART <= normal.text().length(); at++) {
            if (parts.contains(normal.text().substring(at, at + PART))) {
                normal.mark(secret, at, at + PART);
            }
        }
        for (String each : whole) {
            for (int at = normal.text().indexOf(each);
                    at >= 0;
                    at = normal.text().indexOf(each, at + 1)) {
                normal.mark(secret, at, at + each.length());
            }
        }
        return masked(text, secret);
    }

    private static String masked(String text, boolean[] secret) {
        StringBuilder masked = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            if (!secret[at]) {
                masked.append(text.charAt(at));
            } else if (at == 0 || !secret[at - 1]) {
                masked.append(MASK);
            }
        }
        return masked.toString();
    }

    /** A text in lower case without what may stand between the parts of a secret. */
    private static final class Normal {
        private static final Pattern BETWEEN =
                Pattern.compile("(?:[\\s\\p{Cntrl}\\p{Cf}\\p{Z}\\u2500-\\u257f|]|\\\\[nrt]|\\x1b\\[[0-9;]*m)+");

        private final String text;
        /** The place of each character in the original. */
        private final int[] places;

        private Normal(String text, int[] places) {
            this.text = text;
            this.places = places;
        }

        String text() {
            return text;
        }

        static Normal of(String original) {
            String lower = original.toLowerCase(Locale.ROOT);
            String text = lower.length() == original.length() ? lower : original;
            boolean[] between = new boolean[text.length()];
            BETWEEN.matcher(text).results().forEach(match -> Arrays.fill(between, match.start(), match.end(), true));
            StringBuilder kept = new StringBuilder(text.length());
            int[] places = new int[text.length()];
            for (int at = 0; at < text.length(); at++) {
                if (!between[at]) {
                    places[kept.length()] = at;
                    kept.append(text.charAt(at));
                }
            }
            return new Normal(kept.toString(), places);
        }

        void mark(boolean[] secret, int from, int to) {
            Arrays.fill(secret, places[from], places[to - 1] + 1, true);
        }
    }
}
