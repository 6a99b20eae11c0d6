package dev.bastion.cli.init;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.layout.PathPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The patterns that name environment files that a repository has already: one for each first directory and place of the
 * file below the environment's own.
 */
final class PatternProposal {
    static final String STANDARD = "environments/{name}/bastion/terragrunt.hcl";
    private static final String BASTION = "bastion";

    private PatternProposal() {}

    /** @param paths environment files, like {@code live/dev/bastion/terragrunt.hcl} */
    static List<PathPattern> of(List<String> paths) {
        Map<Place, List<List<String>>> groups = new TreeMap<>();
        for (String path : paths) {
            List<String> parts = Arrays.asList(path.split("/"));
            if (parts.size() > 1) {
                groups.computeIfAbsent(Place.of(parts), _ -> new ArrayList<>()).add(parts);
            }
        }
        return groups.keySet().stream()
                .flatMap(place -> place.pattern().stream())
                .toList();
    }

    /** A first directory, empty for the root, and the path below the environment's. */
    private record Place(String directory, String below) implements Comparable<Place> {
        static Place of(List<String> parts) {
            boolean isInBastion =
                    parts.size() > 2 && parts.get(parts.size() - 2).equals(BASTION);
            int below = isInBastion ? 2 : 1;
            boolean hasDirectory = parts.size() > below + 1;
            return new Place(
                    hasDirectory ? parts.getFirst() + "/" : "",
                    String.join("/", parts.subList(parts.size() - below, parts.size())));
        }

        List<PathPattern> pattern() {
            try {
                return List.of(new PathPattern(directory + "{name}/" + below));
            } catch (InvalidValue _) {
                return List.of();
            }
        }

        @Override
        public int compareTo(Place other) {
            return (directory + below).compareTo(other.directory + other.below);
        }
    }
}
