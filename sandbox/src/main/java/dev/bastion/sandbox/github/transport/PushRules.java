package dev.bastion.sandbox.github.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules applied to a push, and the text that git prints when they reject it. */
public final class PushRules {
    private final RulesetEnforcer rules;
    private final GitHubFaults faults;
    private final ApiJson apiJson;

    public PushRules(RulesetEnforcer rules, GitHubFaults faults, ApiJson apiJson) {
        this.rules = rules;
        this.faults = faults;
        this.apiJson = apiJson;
    }

    Optional<String> refusal(String ref, Push push, Account pusher) {
        Optional<String> fault = faults.refusal().map(why -> why + " for " + ref);
        return fault.isPresent()
                ? fault
                : Optional.of(rules.violations(push, pusher))
                        .filter(violations -> !violations.isEmpty())
                        .map(violations -> text(ref, violations));
    }

    private String text(String ref, List<String> violations) {
        return "GH013: Repository rule violations found for " + ref + ".\nReview all repository rules at "
                + apiJson.web("/" + apiJson.name() + "/rules?ref=" + URLEncoder.encode(ref, UTF_8)) + "\n\n"
                + violations.stream().map(violation -> "- " + violation + "\n").collect(Collectors.joining("\n"));
    }
}
