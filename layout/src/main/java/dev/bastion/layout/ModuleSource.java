package dev.bastion.layout;

import java.util.Optional;

/**
 * A Terraform module that an environment may name as its {@code source}: an address like
 * {@code git::https://…//modules/bastion?ref=v1.4.0}, or a directory of the repository like
 * {@code ${get_repo_root()}/terraform-modules//bastion}.
 */
public record ModuleSource(String address) {
    private static final String REPOSITORY = "${get_repo_root()}/";

    /** The module's package in the repository: the directory before {@code //}; empty for a module from elsewhere. */
    public Optional<String> packageDirectory() {
        if (!address.startsWith(REPOSITORY)) {
            return Optional.empty();
        }
        return Optional.of(address.substring(REPOSITORY.length()).split("//", 2)[0]);
    }

    /** The last two parts of its path, by which a file that names the module is found, like {@code modules/bastion}. */
    String shortPath() {
        String path = address.split("\\?", 2)[0].replace("//", "/");
        int last = path.lastIndexOf('/');
        return path.substring(path.lastIndexOf('/', last - 1) + 1);
    }
}
