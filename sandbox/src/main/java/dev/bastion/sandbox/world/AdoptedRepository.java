package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.Prerequisites;
import dev.bastion.sandbox.slack.SlackWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The repository of a team that adopts the product: {@code bastion init} in an empty one, for two accounts in two regions.
 * It holds configuration alone; the module is a tag of another repository. Then the team writes the ids of its accounts into
 * the files.
 */
final class AdoptedRepository {
    private static final String LAYOUT = "live/{account}/{region}/{name}/bastion/terragrunt.hcl";
    private static final String VERSION = "v1.4.0";

    private final Path folder;
    private final Toolbox tools;

    /** @param folder where the work tree and the repository of the modules go */
    AdoptedRepository(Path folder, Toolbox tools) {
        this.folder = folder;
        this.tools = tools;
    }

    /** The settings of the service that {@code bastion init} wrote. */
    static Path settings(Path folder) {
        return folder.resolve("clone").resolve("bastion.yaml");
    }

    /**
     * The files of the first commit, by path.
     *
     * @param made what each account has
     * @param github where GitHub is reached
     */
    SortedMap<String, byte[]> files(
            Map<SandboxAccount, Prerequisites> made, SigningKey key, URI github, String repository) {
        try {
            Path clone = Files.createDirectories(folder.resolve("clone"));
            Programs programs = new Programs(clone);
            programs.git("init", "--quiet", "--initial-branch=main");
            programs.git("remote", "add", "origin", github + "/" + repository + ".git");
            programs.run(init(publishedModules(), github, repository));
            made.forEach((account, ids) -> edit(
                    clone.resolve(account.directory()).resolve("terragrunt.hcl"),
                    text -> LedgerSeed.withIds(text, ids)));
            edit(clone.resolve("ledger.yaml"), AdoptedRepository::withRoles);
            // what is left of a grant is shorter than the usual warning
            edit(
                    clone.resolve("environments/access-policy.yaml"),
                    text -> text.replace("warn_before_end: 15m", "warn_before_end: 20s"));
            Files.writeString(clone.resolve("environments/allowed_signers"), key.allowedSigners());
            return read(clone);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make the repository in " + folder, failure);
        }
    }

    private List<String> init(String module, URI github, String repository) {
        List<String> command = new ArrayList<>(List.of(tools.launcher().toString(), "init", "--non-interactive"));
        command.addAll(List.of("--layout", LAYOUT, "--name", "{account}/{region}/{name}"));
        command.addAll(List.of("--module", module, "--channel", SlackWorkspace.CHANNEL));
        command.addAll(List.of("--state-bucket", "acme-{account}-{region}-state"));
        command.addAll(List.of("--owner", "U23456789:jane.roe:janeroe", "--owner", "U12345678:john.doe:johndoe"));
        command.addAll(List.of("--github-url", github.toString(), "--repository", repository));
        for (SandboxAccount account : SandboxAccount.ALL) {
            command.addAll(List.of("--account", account.key() + ":" + account.id() + ":" + account.region()));
            command.addAll(List.of("--environment", account.environment()));
        }
        return command;
    }

    /** The modules as a release has them; answers the address of the module of a bastion. */
    private String publishedModules() throws IOException {
        Path modules = folder.resolve("modules");
        LedgerSeed.take(tools.checkout(), "terraform-modules")
                .forEach((path, content) -> write(modules, path, content));
        Programs programs = new Programs(modules);
        programs.git("init", "--quiet", "--initial-branch=main");
        programs.git("add", "--all");
        programs.git("commit", "--quiet", "--message", "Release the modules");
        programs.git("tag", VERSION);
        return "git::file://" + modules.toAbsolutePath() + "//terraform-modules/bastion?ref=" + VERSION;
    }

    private static void write(Path folder, String path, byte[] content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + path, failure);
        }
    }

    /** With what the module {@code account} says of each account, and the profile that people have for it. */
    private static String withRoles(String ledger) {
        String all = ledger;
        for (SandboxAccount account : SandboxAccount.ALL) {
            Matcher entry = Pattern.compile("(\\{id: \"" + account.id() + "\", regions: \\[[^\\]]*\\])\\}")
                    .matcher(all);
            if (!entry.find()) {
                throw new IllegalStateException("bastion init wrote no entry of the account " + account.id());
            }
            all = entry.replaceFirst("$1, watch_role: " + account.role("watch") + ", apply_role: "
                    + account.role("apply") + ", plan_role: " + account.role("plan")
                    + ", external_id: acme, state_bucket: "
                    + account.bucket() + ", profile: " + account.profile() + "}");
        }
        return all;
    }

    /** An edit of a text. */
    @FunctionalInterface
    private interface Edit {
        String of(String text);
    }

    private static void edit(Path file, Edit edit) {
        try {
            String before = Files.readString(file);
            String after = edit.of(before);
            if (after.equals(before)) {
                throw new IllegalStateException(file + " has nothing to replace");
            }
            Files.writeString(file, after);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot edit " + file, failure);
        }
    }

    private static SortedMap<String, byte[]> read(Path clone) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(clone)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = clone.relativize(file).toString().replace('\\', '/');
                if (!path.startsWith(".git/")) {
                    files.put(path, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }
}
