package dev.bastion.apply.terraform;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * A directory of providers that serves Terraform and OpenTofu. Each has a registry of its own, and both take {@code hashicorp/aws} for
 * the provider of their own registry, so what the mirror has of one registry is linked for the other.
 *
 * @param directories the mirror, and the directory with the links where there are any
 * @see <a href="https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror">the layouts of a mirror</a>
 */
record ProviderMirror(List<Directory> directories) {
    private static final List<String> REGISTRIES = List.of("registry.terraform.io", "registry.opentofu.org");
    /** Namespace and type. */
    private static final int PROVIDER = 2;
    /** The same, and an archive. */
    private static final int PACKED = 3;
    /** Namespace, type, version and platform. */
    private static final int UNPACKED = 4;

    /**
     * A directory in the layout of a mirror.
     *
     * @param providers like {@code registry.terraform.io/hashicorp/aws}, sorted
     */
    record Directory(Path path, List<String> providers) {
        Directory {
            providers = List.copyOf(providers);
        }
    }

    ProviderMirror {
        directories = List.copyOf(directories);
    }

    /**
     * The mirror in a directory.
     *
     * @param links where to write the links; made where it is needed
     * @throws InvalidConfiguration when it has no provider of a known registry, or cannot be read
     */
    static ProviderMirror of(Path mirror, Path links) {
        List<String> own = REGISTRIES.stream()
                .flatMap(registry -> providers(mirror, registry).stream())
                .toList();
        if (own.isEmpty()) {
            throw new InvalidConfiguration("the provider mirror " + mirror
                    + " has no provider; it must have directories like registry.terraform.io/hashicorp/aws");
        }
        List<String> linked = new ArrayList<>();
        for (String provider : own) {
            String registry = provider.substring(0, provider.indexOf('/'));
            String name = provider.substring(registry.length());
            REGISTRIES.stream().filter(other -> !own.contains(other + name)).forEach(other -> {
                link(mirror.resolve(registry), links.resolve(other), name.substring(1));
                linked.add(other + name);
            });
        }
        return new ProviderMirror(
                linked.isEmpty()
                        ? List.of(new Directory(mirror, own))
                        : List.of(new Directory(mirror, own), new Directory(links, linked)));
    }

    /** All providers; others come from their registry. */
    List<String> providers() {
        return List.copyOf(directories.stream()
                .flatMap(each -> each.providers().stream())
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    }

    private static List<String> providers(Path mirror, String registry) {
        return found(mirror.resolve(registry), PROVIDER, (_, path) -> Files.isDirectory(path)).stream()
                .map(name -> registry + "/" + name)
                .sorted()
                .toList();
    }

    /** Links each package of a provider: Terraform follows links to these, and to no directory above. */
    private static void link(Path from, Path to, String provider) {
        Stream.concat(
                        found(from, PACKED, (name, path) -> isOf(name, provider) && name.endsWith(".zip")).stream(),
                        found(from, UNPACKED, (name, path) -> isOf(name, provider) && Files.isDirectory(path)).stream())
                .forEach(name -> {
                    Path link = to.resolve(name);
                    try {
                        Files.createDirectories(link.getParent());
                        Files.createSymbolicLink(link, from.resolve(name));
                    } catch (IOException e) {
                        throw new StepFailed(
                                "cannot link " + from.resolve(name) + " as " + link + ": " + e.getMessage(), e);
                    }
                });
    }

    private static boolean isOf(String name, String provider) {
        return name.startsWith(provider + "/");
    }

    /**
     * The paths below a directory that have so many names, each with {@code /}; none where it does not exist.
     *
     * @param which by the path below the directory, and the whole path
     */
    private static List<String> found(Path directory, int names, BiPredicate<String, Path> which) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory, names)) {
            return all.filter(path -> directory.relativize(path).getNameCount() == names)
                    .filter(path -> which.test(relative(directory, path), path))
                    .map(path -> relative(directory, path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidConfiguration("the provider mirror " + directory + " cannot be read", e);
        }
    }

    private static String relative(Path directory, Path path) {
        return directory.relativize(path).toString().replace('\\', '/');
    }
}
