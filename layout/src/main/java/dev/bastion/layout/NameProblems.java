package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.layout.file.InputText;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Why an environment's name could mean another environment, too: it is not opened until one of them is renamed. And which names of
 * slots mean none.
 */
public final class NameProblems {
    private static final String NAME = "environment";

    private NameProblems() {}

    /**
     * Every reason for the environment of one file.
     *
     * @param all the environments of the repository
     * @param exists whether a path has a file
     */
    public static List<ShapeProblem> of(
            String file, Layout layout, Collection<EnvironmentName> all, Predicate<String> exists) {
        Optional<EnvironmentName> environment = layout.environmentAt(file);
        Stream<ShapeProblem> resources = environment
                .flatMap(name -> ResourceNames.sharedWith(name, all))
                .map(other -> ResourceNames.problem(other, layout.fileOf(other, exists)))
                .map(problem -> new ShapeProblem(file, 0, problem, "Rename one of them"))
                .stream();
        Stream<ShapeProblem> twins = layout
                .twinOf(file, exists)
                .map(other -> new ShapeProblem(file, 0, ResourceNames.twinProblem(other), "Remove one of them"))
                .stream();
        return Stream.of(resources, twins, environment.stream().flatMap(name -> aliases(file, name, layout)))
                .flatMap(problems -> problems)
                .toList();
    }

    /**
     * Why the resources of an environment would not have its name, by which the service finds them and no other environment's
     * may have; empty where the file names none.
     *
     * @param content of the environment's file
     */
    public static Optional<ShapeProblem> inputProblem(String file, byte[] content, Layout layout) {
        return inputProblem(HclFile.parse(file, content), layout);
    }

    /** The same of a file that has its path in the repository as its name. */
    public static Optional<ShapeProblem> inputProblem(HclFile content, Layout layout) {
        String file = content.name();
        HclPath place = layout.auditPathsAt(file).getFirst().beside(NAME);
        return layout.environmentAt(file).map(EnvironmentName::resourceName).flatMap(name -> switch (content.locate(
                place)) {
            case Location.NotFound _ -> Optional.empty();
            case Location.Found(var _, StringLiteral(String written), int _)
            when written.equals(name) -> Optional.empty();
            case Location.Found(var _, var _, int line) ->
                Optional.of(notItsOwn(file, line, place, "is not the name of its resources", name));
            case Location.Ambiguous(String why) -> Optional.of(notLiteral(file, why, place, name));
            case Location.Unsupported(String why) -> computedProblem(content, why, place, name);
        });
    }

    /** What follows from {@code locals} and {@code merge} of the same file decides, too. */
    private static Optional<ShapeProblem> computedProblem(HclFile content, String why, HclPath place, String name) {
        int before = place.steps().size() - 1;
        InputText text = before == 0 ? new InputText.Unknown() : InputText.of(content, place.head(before), NAME);
        return switch (text) {
            case InputText.Known(String written) when written.equals(name) -> Optional.empty();
            case InputText.Known _ ->
                Optional.of(notItsOwn(
                        content.name(), lineOf(content.name(), why), place, "is not the name of its resources", name));
            case InputText.Absent _ -> Optional.empty();
            case InputText.Unknown _ -> Optional.of(notLiteral(content.name(), why, place, name));
        };
    }

    private static ShapeProblem notLiteral(String file, String why, HclPath place, String name) {
        return notItsOwn(file, lineOf(file, why), place, "cannot be read as one literal", name);
    }

    private static int lineOf(String file, String problem) {
        return ShapeProblem.of(file, new HclException(problem)).line();
    }

    private static ShapeProblem notItsOwn(String file, int line, HclPath place, String what, String name) {
        return new ShapeProblem(file, line, "`" + place + "` " + what, "Write `environment = \"" + name + "\"`");
    }

    private static Stream<ShapeProblem> aliases(String file, EnvironmentName environment, Layout layout) {
        return aliasProblem(environment, layout)
                .map(problem -> new ShapeProblem(file, 0, problem, "Rename it, or remove the alias"))
                .stream();
    }

    /** The aliases that are the name of an environment, too, each with what is wrong and what to do. */
    public static List<String> clashes(Layout layout, Collection<EnvironmentName> all, Predicate<String> exists) {
        return layout.aliases().clashes(all).entrySet().stream()
                .map(clash -> Layout.FILE + ": the alias " + clash.getKey() + " is the name of the environment of "
                        + layout.fileOf(clash.getValue(), exists) + "; choose another alias")
                .toList();
    }

    /** What is wrong with the name of an environment that is also an alias of another one; empty when it is none. */
    public static Optional<String> aliasProblem(EnvironmentName environment, Layout layout) {
        return layout.aliases().byAlias().entrySet().stream()
                .filter(alias -> alias.getKey().isTyped(environment))
                .findFirst()
                .map(alias -> "its name is an alias of " + alias.getValue() + " in " + Layout.FILE);
    }

    /**
     * What is wrong with {@code slots} of {@code ledger.yaml}, for people: each environment of which slots have no file, with the paths
     * that they should have. The file of a slot that is one too many is a look-alike.
     *
     * @param all the environments of the repository
     */
    public static List<String> slotsWithoutFile(Layout layout, Collection<EnvironmentName> all) {
        return layout.environments().stream()
                .map(PathPattern::slots)
                .distinct()
                .flatMap(slots -> slots.byEnvironment().keySet().stream().map(slots::slotsOf))
                .flatMap(slots -> slotsWithoutFile(slots, layout, all).stream())
                .toList();
    }

    private static Optional<String> slotsWithoutFile(
            List<EnvironmentName> slots, Layout layout, Collection<EnvironmentName> all) {
        EnvironmentName spelt = all.stream()
                .map(EnvironmentName::withoutSlot)
                .filter(slots.getFirst()::isTyped)
                .findFirst()
                .orElseGet(slots::getFirst);
        List<String> missing = slots.stream()
                .filter(slot -> all.stream().noneMatch(slot::isTyped))
                .map(slot -> layout.filesOf(spelt.slot(slot.slot())).getFirst())
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("slots." + slots.getFirst() + " is " + slots.size() + ", but there is no "
                        + String.join(", no ", missing));
    }
}
