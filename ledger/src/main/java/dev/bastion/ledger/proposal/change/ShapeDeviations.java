package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.shape.EnvironmentShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the environments that a change would open, extend or configure deviate from the canonical shape. An end is never kept
 * from being merged.
 */
record ShapeDeviations(ChangeRange range) {
    List<String> problems(
            List<EnvironmentEdit> edits, List<ConfigurationChange> configurations, Set<EnvironmentName> rootModules) {
        Stream<EnvironmentName> opened = edits.stream()
                .filter(edit -> edit.after()
                        .filter(EnvironmentState.Open.class::isInstance)
                        .isPresent())
                .map(EnvironmentEdit::environment);
        Stream<EnvironmentName> configured = configurations.stream().map(ConfigurationChange::environment);
        return Stream.of(opened, configured, rootModules.stream())
                .flatMap(environments -> environments)
                .distinct()
                .flatMap(environment -> deviations(environment).stream())
                .limit(FileChangesReader.MAX_NAMED)
                .toList();
    }

    private List<String> deviations(EnvironmentName environment) {
        range.deadline().check();
        String file = range.layout().fileOf(environment, range::isAtHead);
        if (range.atHead(file).isEmpty()) {
            return List.of();
        }
        Stream<ShapeProblem> shape =
                new EnvironmentShape(range.layout(), range::isAtBase).problems(range.headTree(), file).stream();
        List<EnvironmentName> others =
                range
                        .commits()
                        .changes(Optional.empty(), range.head(), range.layout().directory())
                        .stream()
                        .flatMap(other -> range.layout().environmentAt(other.path()).stream())
                        .toList();
        Stream<ShapeProblem> names = NameProblems.of(file, range.layout(), others, range::isAtHead).stream();
        Stream<ShapeProblem> input = range
                .atHead(file)
                .flatMap(range.commits()::content)
                .flatMap(content -> NameProblems.inputProblem(file, content, range.layout()))
                .stream();
        return Stream.of(shape, names, input)
                .flatMap(problems -> problems)
                .map(ShapeProblem::sentence)
                .map(sentence -> sentence.substring(0, sentence.length() - 1))
                .toList();
    }
}
