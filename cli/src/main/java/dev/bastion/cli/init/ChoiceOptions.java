package dev.bastion.cli.init;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that answer the questions of {@code bastion init}. */
final class ChoiceOptions {
    @Option(
            names = "--layout",
            paramLabel = "PATTERN",
            description = "The path of environment files, like live/{name}/bastion/terragrunt.hcl; may be repeated"
                    + " (default: as the environments that are there, else " + PatternProposal.STANDARD + ").")
    List<String> layouts = List.of();

    @Option(
            names = "--name",
            paramLabel = "TEMPLATE",
            description =
                    "The name of environments by the layout's placeholders, like {account}/{name} (default: {name} with"
                            + " those before it that have several values).")
    @Nullable String name;

    @Option(
            names = "--account",
            paramLabel = AccountChoice.FORM,
            description =
                    "An AWS account that {account} stands for in the layout, like prod:123456789012:eu-west-1; may be"
                            + " repeated. Without {account} in the layout, {region} needs the account called default.")
    List<String> accounts = List.of();

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "An environment to add if it is not there; may be repeated (default: dev, if there is none).")
    List<String> environments = List.of();

    @Option(
            names = "--slots",
            paramLabel = SlotChoice.FORM,
            description =
                    "How many people can have an environment at once, like dev=3; may be repeated. Where the layout"
                            + " has no {slot}, the further slots are below {name}/slots/.")
    List<String> slots = List.of();

    @Option(
            names = "--module",
            paramLabel = "SOURCE",
            description = "The address of the Terraform module bastion with a fixed version, like"
                    + " git::https://github.com/acme/bastion.git//terraform-modules/bastion?ref=v1.4.0"
                    + " (default: the one that the environments name).")
    @Nullable String module;

    @Option(
            names = "--repository",
            paramLabel = "OWNER/NAME",
            description = "The repository at GitHub (default: that of the remote origin).")
    @Nullable String repository;

    @Option(
            names = "--github-url",
            paramLabel = "URL",
            description = "The address of GitHub or GitHub Enterprise Server (default: that of the remote origin,"
                    + " else https://github.com).")
    @Nullable String githubUrl;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "The branch that CI applies (default: the one that is checked out).")
    @Nullable String branch;

    @Option(names = "--channel", paramLabel = "ID", description = "The Slack channel that shows grants, like C0123ABC.")
    @Nullable String channel;

    @Option(
            names = "--owner",
            paramLabel = Owner.FORM,
            description = "An owner, who approves requests and changes of the configuration, like"
                    + " U23456789:jane.roe:janeroe; repeat it, since owners cannot approve their own changes.")
    List<String> owners = List.of();

    @Option(
            names = "--code-owner",
            paramLabel = "NAME",
            description = "A team or person of GitHub for CODEOWNERS, like @acme/platform; may be repeated"
                    + " (default: the owners).")
    List<String> codeOwners = List.of();

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The AWS region of the bastions (default: $AWS_REGION).")
    @Nullable String region;

    @Option(
            names = "--state-bucket",
            paramLabel = "BUCKET",
            description =
                    "The S3 bucket of the Terraform state, with {account} and {region} in its name where there are"
                            + " several; needed where the repository has no root.hcl.")
    @Nullable String stateBucket;
}
