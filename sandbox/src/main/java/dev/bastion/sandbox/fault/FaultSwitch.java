package dev.bastion.sandbox.fault;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The switch of one fault. A platform lists its switches once; the page and the tests use the same list.
 *
 * @param id unique among all platforms, like {@code GITHUB_DOWN}
 * @param title a short name for people
 * @param effect one sentence: what clients see while it is on
 * @param lasting whether it is switched on and off; others happen once
 */
public record FaultSwitch(
        Platform platform,
        String id,
        String title,
        String effect,
        boolean lasting,
        BooleanSupplier state,
        Consumer<Boolean> set) {
    /** A fault that stays until it is switched off. */
    public static FaultSwitch lasting(
            Platform platform, String name, String title, String effect, BooleanSupplier state, Consumer<Boolean> set) {
        return new FaultSwitch(platform, platform + "_" + name, title, effect, true, state, set);
    }

    public static FaultSwitch lasting(
            Platform platform, LastingFault fault, BooleanSupplier state, Consumer<Boolean> set) {
        return lasting(platform, fault.name(), fault.title(), fault.effect(), state, set);
    }

    /** A fault that happens at once, each time it is switched. */
    public static FaultSwitch once(Platform platform, String name, String title, String effect, Runnable happen) {
        return new FaultSwitch(platform, platform + "_" + name, title, effect, false, () -> false, _ -> happen.run());
    }

    public boolean isOn() {
        return state.getAsBoolean();
    }

    public void turn(boolean on) {
        set.accept(on);
    }
}
