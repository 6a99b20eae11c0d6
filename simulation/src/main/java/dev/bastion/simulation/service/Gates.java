package dev.bastion.simulation.service;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.github.PullRequests;
import dev.bastion.simulation.world.Faults;
import dev.bastion.simulation.world.World;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ports of the service with a gate before and after each call, and with the faults of the world. */
final class Gates {
    /** The calls that change something, so that a lost answer leaves it unknown whether they did. */
    private static final Set<String> WRITES =
            Set.of("create", "requestReviewers", "label", "comment", "close", "merge", "deleteBranch", "post");

    private final World world;

    Gates(World world) {
        this.world = world;
    }

    /** The port with a gate before and after each call. */
    <T> T around(Class<T> port, T target) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, given) -> {
            world.gate().step();
            if (method.getName().equals("record")) {
                world.gate().writing();
            }
            Object answer = call(target, method, given);
            world.gate().step();
            return answer;
        }));
    }

    /** GitHub's REST interface with its faults. */
    PullRequests forge(PullRequests target) {
        return around(PullRequests.class, faulty(PullRequests.class, target));
    }

    /** A port that GitHub answers. */
    <T> T faulty(Class<T> port, T target) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, given) -> {
            Faults.Fate fate = world.faults().next();
            if (fate == Faults.Fate.FAILS) {
                throw failure(method, "503");
            }
            Object answer = call(target, method, given);
            if (fate == Faults.Fate.ANSWER_LOST) {
                throw failure(method, "the connection was reset");
            }
            return answer;
        }));
    }

    private static RuntimeException failure(Method method, String answered) {
        String attempted = "calling " + method.getName() + " of GitHub";
        IOException cause = new IOException(answered);
        return WRITES.contains(method.getName())
                ? new LedgerUnreachable(new Fault.Unknown(ExternalSystem.GITHUB, attempted, answered), cause)
                : new ObservationFailed(ExternalSystem.GITHUB, attempted, cause);
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
