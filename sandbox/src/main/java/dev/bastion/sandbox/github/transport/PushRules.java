package dev.bastion.sandbox.github.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import dev.bastion.sandbox.github.rules.Violations;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/** The rules applied to a push, and what git says when they reject it. */
public final class PushRules {
    private final RulesetEnforcer rules;
    private final GitHubFaults faults;
    private final ApiJson apiJson;

    public PushRules(RulesetEnforcer rules, GitHubFaults faults, ApiJson apiJson) {
        this.rules = rules;
        this.faults = faults;
        this.apiJson = apiJson;
    }

    /**
     * The refusal of a push.
     *
     * @param text what git prints after {@code remote:}
     * @param status what git reports of the ref
     */
    record Refusal(String text, String status) {}

    Optional<Refusal> refusal(String ref, Push push, Account pusher) {
        Optional<Refusal> fault = faults.refusal()
                .map(why -> new Refusal(why + " for " + ref, new Violations(List.of(why), List.of()).refStatus()));
        return fault.isPresent()
                ? fault
                : Optional.of(rules.violations(push, pusher))
                        .filter(violations -> !violations.isEmpty())
                        .map(violations -> new Refusal(violations.gitText(ref, page(ref)), violations.refStatus()));
    }

    private String page(String ref) {
        return apiJson.web("/" + apiJson.name() + "/rules?ref=" + URLEncoder.encode(ref, UTF_8));
    }
}
