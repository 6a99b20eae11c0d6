package dev.bastion.app.aws;

import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * The profile of AWS's configuration files that a person uses. As in the AWS CLI, a profile that is given comes before
 * the environment's keys, and {@code AWS_PROFILE} after them.
 *
 * @param given what the person gave on the command line
 * @param name the profile's name
 * @param content what the files have of it
 */
record PersonalProfile(Optional<String> given, String name, Optional<Profile> content) {
    /** @throws PersonalAccessFailed when the files cannot be read, or do not have the given profile */
    static PersonalProfile of(Optional<String> given, Map<String, String> environment) {
        String name = given.or(() -> Optional.ofNullable(environment.get("AWS_PROFILE")))
                .orElse("default");
        Optional<Profile> content = content(name);
        if (given.isPresent() && content.isEmpty()) {
            throw new PersonalAccessFailed(
                    Reason.CONFIGURATION,
                    "This machine has no AWS profile \"" + name + "\".",
                    "choose one of those that `aws configure list-profiles` lists");
        }
        return new PersonalProfile(given, name, content);
    }

    /** Whether the files have it. */
    static boolean isConfigured(String name) {
        return content(name).isPresent();
    }

    private static Optional<Profile> content(String name) {
        try {
            return ProfileFile.defaultProfileFile().profile(name);
        } catch (RuntimeException unreadable) {
            throw new PersonalAccessFailed(
                    Reason.CONFIGURATION,
                    "The files in ~/.aws cannot be read: " + unreadable.getMessage(),
                    "repair the line that the message names",
                    unreadable);
        }
    }

    /**
     * The region that was given, else the environment's, else the profile's.
     *
     * @throws PersonalAccessFailed when there is none
     */
    String region(Optional<String> option, Map<String, String> environment) {
        return option.or(() -> Optional.ofNullable(environment.get("AWS_REGION")))
                .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")))
                .or(() -> content.flatMap(profile -> profile.property("region")))
                .filter(region -> !region.isBlank())
                .orElseThrow(() -> new PersonalAccessFailed(
                        Reason.CONFIGURATION,
                        "No AWS region is set.",
                        "add --region (the message of `/bastion connect` names it), or set AWS_REGION"));
    }

    AwsCredentialsProvider credentials() {
        return given.isPresent()
                ? ProfileCredentialsProvider.create(name)
                : DefaultCredentialsProvider.builder().build();
    }

    /** How the person signs in. */
    String login() {
        boolean isSso = content.filter(
                        profile -> profile.property("sso_session").isPresent()
                                || profile.property("sso_start_url").isPresent())
                .isPresent();
        String option = name.equals("default") ? "" : " --profile " + name;
        return isSso
                ? "run `aws sso login" + option + "`, and try again"
                : "sign in to AWS (`aws sso login" + option + "`, or keys in AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY), or choose a profile with --profile";
    }
}
