package dev.bastion.access.troubleshooting;

import dev.bastion.access.proposal.Refusal;
import java.time.Duration;

/** What a person's wish for a diagnosis comes to. */
public sealed interface DiagnosisResult {
    record Found(EnvironmentDiagnosis diagnosis) implements DiagnosisResult {}

    record UnknownEnvironment(Refusal.UnknownEnvironment refusal) implements DiagnosisResult {}

    /** The person had another one too short a time ago. */
    record TooSoon(Duration pause) implements DiagnosisResult {}
}
