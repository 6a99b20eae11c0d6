package dev.bastion.access.policy;

import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;

/** A named rule and its result. */
public record Check(CheckName name, Result result) {
    public sealed interface Result {
        record Passed() implements Result {}

        /** It can still pass. */
        record Unmet(List<UnmetRequirement> reasons) implements Result {
            public Unmet {
                reasons = List.copyOf(reasons);
            }
        }

        record Failed(Refusal refusal) implements Result {}
    }

    public static Check passed(CheckName name) {
        return new Check(name, new Result.Passed());
    }

    public static Check failed(CheckName name, Refusal refusal) {
        return new Check(name, new Result.Failed(refusal));
    }

    public static Check require(CheckName name, boolean holds, Refusal otherwise) {
        return holds ? passed(name) : failed(name, otherwise);
    }

    public static Check unmet(CheckName name, List<UnmetRequirement> missing) {
        return missing.isEmpty() ? passed(name) : new Check(name, new Result.Unmet(missing));
    }
}
