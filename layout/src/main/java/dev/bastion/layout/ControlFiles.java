package dev.bastion.layout;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that CI runs and that configure the ledger. A pattern is a path from the repository's root, in which {@code *}
 * stands for any part of one path part and {@code **} for any number of parts. Case does not matter, because a file system
 * may ignore it.
 */
final class ControlFiles {
    /** The files that CI services, version managers and git read by themselves, wherever they lie. */
    private static final List<Pattern> KNOWN = Stream.of(
                    "**/CODEOWNERS",
                    ".github/**",
                    ".gitlab-ci.yml",
                    ".gitlab/**",
                    "**/Jenkinsfile*",
                    ".circleci/**",
                    ".buildkite/**",
                    ".semaphore/**",
                    ".teamcity/**",
                    "azure-pipelines*.yml",
                    ".azure-pipelines/**",
                    "bitbucket-pipelines.yml",
                    ".forgejo/**",
                    ".gitea/**",
                    ".drone.yml",
                    ".drone.yaml",
                    ".drone.star",
                    ".woodpecker*",
                    ".woodpecker/**",
                    ".travis.yml",
                    "cloudbuild*.yaml",
                    "buildspec*.yml",
                    "**/atlantis.yaml",
                    "**/atlantis.yml",
                    "**/.atlantis*",
                    ".spacelift/**",
                    ".env0/**",
                    "**/env0.yml",
                    ".terrateam/**",
                    "digger.yml",
                    "digger.yaml",
                    "**/.gitattributes",
                    "**/.gitmodules",
                    "**/.gitconfig",
                    "**/.lfsconfig",
                    "**/.terraform-version",
                    "**/.terragrunt-version",
                    "**/.opentofu-version",
                    "**/.tool-versions",
                    "**/.tfswitchrc",
                    "**/.tgswitchrc",
                    "**/.tfswitch.toml",
                    "**/.tgswitch.toml",
                    "**/mise*.toml",
                    "**/.mise*.toml",
                    "**/mise*.lock",
                    "**/.mise/**",
                    "**/mise/**",
                    "**/.config/mise*",
                    "**/.config/mise/**",
                    "**/.rtx.toml",
                    "**/.asdfrc",
                    "**/.java-version",
                    "**/.sdkmanrc",
                    "**/.go-version",
                    "**/.node-version",
                    "**/.nvmrc",
                    "**/.npmrc",
                    "**/.python-version",
                    "**/.terraformrc",
                    "**/.terraform.rc",
                    "**/terraform.rc",
                    "**/.tofurc",
                    "**/tofu.rc",
                    "**/*.tfrc",
                    "**/.terraform/**",
                    "**/.terraform.d/**",
                    "**/terraform.d/**",
                    "**/.terragrunt-cache/**",
                    "**/.terragruntrc*",
                    "**/terragrunt.rc*",
                    "**/.sops.yaml",
                    "**/.sops.yml",
                    "**/.envrc",
                    "**/.env",
                    "**/.env.*",
                    "**/.netrc",
                    "**/.aws/**",
                    "**/.tools/**",
                    "**/.pre-commit-config.yaml",
                    "**/.husky/**",
                    "**/Makefile",
                    "**/GNUmakefile",
                    "**/Justfile",
                    "**/Taskfile.y*ml")
            .map(ControlFiles::compiled)
            .toList();

    private final List<Pattern> patterns;

    ControlFiles(List<String> more) {
        this.patterns = Stream.concat(KNOWN.stream(), more.stream().map(ControlFiles::compiled))
                .toList();
    }

    boolean contain(String path) {
        String folded = PathPattern.folded(path);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(folded).matches());
    }

    /** The pattern as a regular expression. */
    private static Pattern compiled(String glob) {
        StringBuilder regex = new StringBuilder();
        String rest = PathPattern.folded(glob);
        while (!rest.isEmpty()) {
            if (rest.startsWith("**/")) {
                regex.append("(?:.*/)?");
                rest = rest.substring(3);
            } else if (rest.startsWith("**")) {
                regex.append(".*");
                rest = rest.substring(2);
            } else if (rest.startsWith("*")) {
                regex.append("[^/]*");
                rest = rest.substring(1);
            } else {
                regex.append(Pattern.quote(rest.substring(0, 1)));
                rest = rest.substring(1);
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
