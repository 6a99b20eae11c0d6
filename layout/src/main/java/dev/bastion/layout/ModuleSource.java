package dev.bastion.layout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Terraform module that an environment may name as its {@code source}: an address like
 * {@code git::https://…//modules/bastion?ref=v1.4.0}, or a directory of the repository like
 * {@code ${get_repo_root()}/terraform-modules//bastion}.
 */
public record ModuleSource(String address) {
    private static final String REPOSITORY = "${get_repo_root()}/";
    private static final Pattern SPACED = Pattern.compile("^\\$\\{\\s*get_repo_root\\(\\s*\\)\\s*}");

    /** @param address the call of {@code get_repo_root} may have spaces in it */
    public ModuleSource {
        address = SPACED.matcher(address).replaceFirst(Matcher.quoteReplacement("${get_repo_root()}"));
    }

    /** Its path in the repository, with {@code //} where the address has it; empty for a module from elsewhere. */
    public Optional<String> pathInRepository() {
        return packageDirectory().map(_ -> path());
    }

    /** The module's package in the repository: the directory before {@code //}; empty for a module from elsewhere. */
    public Optional<String> packageDirectory() {
        if (!address.startsWith(REPOSITORY)) {
            return Optional.empty();
        }
        String path = path();
        return Optional.of(path.startsWith("/") ? "" : path.split("//", 2)[0]);
    }

    /**
     * The directory that a run copies for it, in the form that {@link PathPattern#folded} gives: the package, or without
     * {@code //} the directory around the module, to which it may refer. The empty path is the repository's root.
     */
    Optional<String> evaluatedDirectory() {
        return packageDirectory()
                .map(directory -> RepositoryPath.resolve("", isPackage() ? directory : directory + "/.."))
                .map(PathPattern::folded);
    }

    private boolean isPackage() {
        return path().contains("//") || path().startsWith("/");
    }

    private String path() {
        return address.substring(REPOSITORY.length());
    }

    /** The last two parts of its path, by which a file that names the module is found, like {@code modules/bastion}. */
    String shortPath() {
        String path = address.split("\\?", 2)[0].replace("//", "/");
        int last = path.lastIndexOf('/');
        return path.substring(path.lastIndexOf('/', last - 1) + 1);
    }
}
