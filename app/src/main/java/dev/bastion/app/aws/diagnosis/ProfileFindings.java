package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** The findings about the instance profile, whose role lets the agent register. */
record ProfileFindings(IamClient iam, ReadCalls calls) {
    static final String ACTION = "iam:GetInstanceProfile";
    private static final String SUBJECT = "role";
    private static final String APPLY = "run CI again; terraform-modules/bastion/iam.tf makes the profile and its role";

    void judge(BastionInstance bastion, Findings found) {
        Optional<String> profile = bastion.profile();
        if (profile.isEmpty()) {
            found.add(problem(bastion.id() + " has no instance profile, so its agent cannot register"));
            return;
        }
        calls.ask(ACTION, "the instance's role", found, () -> read(profile.get()))
                .map(read -> of(OneLine.of(profile.get()), read))
                .ifPresent(found::add);
    }

    private Optional<InstanceProfile> read(String profile) {
        try {
            return Optional.ofNullable(iam.getInstanceProfile(request -> request.instanceProfileName(profile))
                    .instanceProfile());
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    private static Finding of(String name, Optional<InstanceProfile> profile) {
        if (profile.isEmpty()) {
            return problem("the instance profile " + name + " was deleted, so the agent gets no credentials");
        }
        return profile.get().roles().isEmpty()
                ? problem("the instance profile " + name + " has no role, so the agent gets no credentials")
                : Finding.ok(
                        Area.AWS,
                        SUBJECT,
                        OneLine.of(profile.get().roles().getFirst().roleName()));
    }

    private static Finding problem(String meaning) {
        return Finding.problem(Area.AWS, SUBJECT, meaning, APPLY);
    }
}
