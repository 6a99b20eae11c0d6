package dev.bastion.github.client;

import java.util.stream.Stream;

/** Where one repository's things are. */
public record RepositoryPath(String owner, String name) {
    /** @param fullName {@code owner/name} */
    public static RepositoryPath of(String fullName) {
        int slash = fullName.indexOf('/');
        if (slash < 1 || slash == fullName.length() - 1) {
            throw new IllegalArgumentException("github.repository is written owner/name, not \"" + fullName + "\"");
        }
        return new RepositoryPath(fullName.substring(0, slash), fullName.substring(slash + 1));
    }

    public String[] to(String... parts) {
        return Stream.concat(Stream.of("repos", owner, name), Stream.of(parts)).toArray(String[]::new);
    }

    /** Where references are the slashes of a branch's name part the path, as on disk. */
    public String[] toReferences(String kind, String branch) {
        return Stream.concat(Stream.of(to("git", kind, "heads")), Stream.of(branch.split("/")))
                .toArray(String[]::new);
    }
}
