package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.world.World;

/** What a story is played with. */
record Cast(World world, Narrator narrator, Channel channel, Ledger ledger, Works works, TerraformReview terraform) {
    static final String JOHN = "john.doe";
    static final String JANE = "jane.roe";
    static final String MAX = "max.mustermann";

    static Cast of(World world, Narrator narrator, String launcher) {
        return new Cast(
                world,
                narrator,
                new Channel(world.slack(), narrator),
                new Ledger(world),
                new Works(world),
                new TerraformReview(world, launcher));
    }
}
