package dev.bastion.sandbox.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said to a push that may not pass, as the person at the terminal reads it. */
final class PushGate {
    private final Rulebook rules;
    private final Faults faults;
    private final Shapes shapes;

    PushGate(Rulebook rules, Faults faults, Shapes shapes) {
        this.rules = rules;
        this.faults = faults;
        this.shapes = shapes;
    }

    Optional<String> refusal(String ref, Push push, Account pusher) {
        Optional<String> fault = faults.refusal().map(why -> why + " for " + ref);
        return fault.isPresent()
                ? fault
                : Optional.of(rules.against(push, pusher))
                        .filter(violations -> !violations.isEmpty())
                        .map(violations -> text(ref, violations));
    }

    private String text(String ref, List<String> violations) {
        return "GH013: Repository rule violations found for " + ref + ".\nReview all repository rules at "
                + shapes.web("/" + shapes.name() + "/rules?ref=" + URLEncoder.encode(ref, UTF_8)) + "\n\n"
                + violations.stream().map(violation -> "- " + violation + "\n").collect(Collectors.joining("\n"));
    }
}
