package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.world.SandboxWorld;

/** The running sandbox and the helpers that every story of the demo uses. */
record StoryContext(
        SandboxWorld world,
        Narrator narrator,
        SlackChannel channel,
        LedgerWatcher ledger,
        CiAndAws ciAndAws,
        TerraformCheck terraform) {
    static final String JOHN = "john.doe";
    static final String JANE = "jane.roe";
    static final String MAX = "max.mustermann";

    static StoryContext of(SandboxWorld world, Narrator narrator, String launcher) {
        return new StoryContext(
                world,
                narrator,
                new SlackChannel(world.slack(), narrator),
                new LedgerWatcher(world),
                new CiAndAws(world),
                new TerraformCheck(world, launcher));
    }
}
