package dev.bastion.cli.account;

import dev.bastion.app.aws.account.RoleSessions;
import dev.bastion.apply.CredentialsSource;
import dev.bastion.apply.RunTarget;
import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.Region;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The credentials of the account of each environment: a session of its {@code apply_role} or {@code plan_role}, which begins
 * with the environment's own run. Where {@code ledger.yaml} names no role, programs get what this process has.
 */
public final class AccountCredentials implements CredentialsSource {
    /** What would take the place of the session's keys in one of AWS's programs, or would not be the session's. */
    private static final Set<String> REPLACED = Set.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_SECURITY_TOKEN",
            "AWS_CREDENTIAL_EXPIRATION",
            "AWS_PROFILE",
            "AWS_DEFAULT_PROFILE",
            "AWS_ROLE_ARN",
            "AWS_ROLE_SESSION_NAME",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");

    private final Map<String, String> process;
    private final JobIdentity job;
    private final Redaction redaction;

    /**
     * @param process the variables of this process
     * @param redaction learns the job's token
     */
    public AccountCredentials(Map<String, String> process, Redaction redaction) {
        this.process = Map.copyOf(process);
        this.job = new JobIdentity(process);
        this.redaction = redaction;
    }

    @Override
    public Map<String, String> variablesFor(RunTarget target, Map<String, String> variables) {
        return target.account()
                .flatMap(account -> target.role().map(role -> ofRole(target, account, role, variables)))
                .orElse(variables);
    }

    private Map<String, String> ofRole(
            RunTarget target, AwsAccount account, String role, Map<String, String> variables) {
        String region = target.region()
                .map(Region::value)
                .or(this::ownRegion)
                .orElseThrow(() -> new StepFailed("no region of the account " + account.key()
                        + " is known. List its regions in accounts of ledger.yaml, or set AWS_REGION"));
        Map<String, String> all = new LinkedHashMap<>(variables);
        keys(target, account, role, region).ifPresent(keys -> {
            all.keySet().removeAll(REPLACED);
            all.putAll(keys);
        });
        all.put("AWS_REGION", region);
        all.put("AWS_DEFAULT_REGION", region);
        return all;
    }

    private Optional<String> ownRegion() {
        return Stream.of("AWS_REGION", "AWS_DEFAULT_REGION")
                .flatMap(name -> Stream.ofNullable(process.get(name)))
                .filter(region -> !region.isBlank())
                .findFirst();
    }

    private Optional<Map<String, String>> keys(RunTarget target, AwsAccount account, String role, String region) {
        String session = job.session(target.plansOnly() ? "plan" : "apply", target.environment());
        Optional<String> token = job.token();
        try {
            RoleSessions sessions = RoleSessions.of(region, process);
            if (token.isEmpty()) {
                return sessions.byOwnCredentials(role, session);
            }
            redaction.learn(Map.of("TOKEN", token.get()));
            return Optional.of(sessions.byToken(role, session, token.get()));
        } catch (RoleSessions.NotAssumed e) {
            throw new StepFailed(
                    "CI cannot work in the account " + account.key() + " (" + account.id()
                            + "), because AWS does not give it "
                            + "the role " + role + ": " + e.getMessage() + ". "
                            + (token.isPresent()
                                    ? "Let the role trust this job's token"
                                    : "Let the role trust CI's own role, and let that one assume it")
                            + ": docs/ci.md, \"Several accounts\"",
                    e);
        }
    }
}
