package dev.bastion.apply.terraform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The credentials of git that a CI job has: those that the job gives git itself, and in GitHub Actions its token, for clones
 * whose configuration has none. Only git gets them, in its environment, never on a command line or in a file.
 *
 * @see <a href="https://git-scm.com/docs/git-config#ENVIRONMENT">git-config</a>
 */
final class GitCredentials {
    private static final Set<String> OF_GIT = Set.of("GIT_ASKPASS", "GIT_USERNAME", "GIT_PASSWORD", "GIT_SSH_COMMAND");
    private static final Pattern TRUSTED =
            Pattern.compile("https://[^/]+/?|http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?/?");

    private GitCredentials() {}

    /**
     * The variables for git alone.
     *
     * @param caller the environment of this process
     */
    static Map<String, String> of(Map<String, String> caller) {
        Map<String, String> all = new LinkedHashMap<>(caller);
        all.keySet().retainAll(OF_GIT);
        all.putAll(ofGithub(caller));
        return all;
    }

    private static Map<String, String> ofGithub(Map<String, String> caller) {
        String server = caller.getOrDefault("GITHUB_SERVER_URL", "");
        String token = caller.getOrDefault("GITHUB_TOKEN", "");
        if (token.isBlank() || !TRUSTED.matcher(server).matches()) {
            return Map.of();
        }
        String login = Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8));
        int at = count(caller.getOrDefault("GIT_CONFIG_COUNT", "0"));
        return Map.of(
                "GIT_CONFIG_COUNT",
                String.valueOf(at + 1),
                "GIT_CONFIG_KEY_" + at,
                "http." + server.replaceAll("/+$", "") + "/.extraheader",
                "GIT_CONFIG_VALUE_" + at,
                "Authorization: basic " + login);
    }

    private static int count(String given) {
        return given.matches("[0-9]{1,4}") ? Integer.parseInt(given) : 0;
    }
}
