package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.fault.Fault;
import dev.bastion.app.aws.AwsFaults;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The reading calls of a diagnosis: what AWS does not allow or answer is a finding UNKNOWN with the action, and no failure. */
final class ReadCalls {
    private final AwsFaults faults;

    ReadCalls(String region) {
        this.faults = new AwsFaults(region);
    }

    /**
     * The answer; empty where there is none.
     *
     * @param action the permission that the call needs, like {@code ec2:DescribeInstances}
     * @param checked what is not checked without the answer, like {@code the instance}
     */
    <T> Optional<T> ask(String action, String checked, Findings found, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (SdkException e) {
            found.add(unknown(action, checked, faults.onRead("checking " + checked, action, e), e));
            return Optional.empty();
        }
    }

    private static Finding unknown(String action, String checked, Fault fault, SdkException e) {
        String notChecked = ", so " + checked + " is not checked";
        return fault instanceof Fault.Refused refused
                ? Finding.unknown(Area.AWS, action, "AWS refuses " + action + code(e) + notChecked, refused.remedy())
                : Finding.unknown(
                        Area.AWS,
                        action,
                        "AWS does not answer " + action + code(e) + notChecked,
                        "run the doctor again in a minute");
    }

    private static String code(SdkException e) {
        return e instanceof AwsServiceException answer
                        && !AwsFaults.code(answer).isEmpty()
                ? " (" + OneLine.of(AwsFaults.code(answer)) + ")"
                : "";
    }
}
