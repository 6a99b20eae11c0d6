package dev.bastion.apply.terraform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The environment variables of Terraform, Terragrunt and git: those that they need for AWS and their own configuration.
 * Other secrets are left out, and so are variables that change a run unseen ({@code TF_VAR_*}, {@code TF_CLI_ARGS*},
 * {@code TF_WORKSPACE}, {@code TF_DATA_DIR}).
 */
public final class ChildEnvironment {
    private static final Set<String> NAMES = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "TEMP",
            "TMP",
            "SYSTEMROOT",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "SSH_AUTH_SOCK",
            "GOGC",
            "GOMEMLIMIT",
            "GOMAXPROCS",
            "TF_CLI_CONFIG_FILE",
            "TF_PLUGIN_CACHE_DIR",
            "TF_LOG",
            "TF_LOG_PATH",
            "TF_REGISTRY_CLIENT_TIMEOUT");
    /**
     * How much the heap of a program in Go grows before it is collected, in percent of what is in use. A provider is started for
     * each command and reads its schemas: a plan at 400 takes about a fifth less processor time than at Go's usual 100, and up to
     * a third more memory.
     */
    public static final String GARBAGE_COLLECTION = "400";

    private static final List<String> PREFIXES = List.of("AWS_", "TF_TOKEN_", "TG_", "GIT_CONFIG_");

    private ChildEnvironment() {}

    public static Map<String, String> of(Map<String, String> caller) {
        Map<String, String> allowed = new LinkedHashMap<>();
        caller.forEach((name, value) -> {
            if (NAMES.contains(name.toUpperCase(Locale.ROOT))
                    || PREFIXES.stream().anyMatch(name::startsWith)) {
                allowed.put(name, value);
            }
        });
        allowed.putIfAbsent("GOGC", GARBAGE_COLLECTION);
        allowed.put("TF_IN_AUTOMATION", "1");
        allowed.put("TF_INPUT", "0");
        allowed.put("CHECKPOINT_DISABLE", "1");
        return allowed;
    }
}
