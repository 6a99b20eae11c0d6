package dev.bastion.access.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of a port reaches the other implementation, and no further one. */
class ForwardingTest {
    private final List<Method> calls = new ArrayList<>();
    private final List<Object[]> arguments = new ArrayList<>();
    private final InvocationHandler recorder = (_, method, passed) -> {
        calls.add(method);
        arguments.add(passed);
        return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
    };

    static Stream<Method> ledgerMethods() {
        return abstractMethods(GrantLedger.class);
    }

    static Stream<Method> notifierMethods() {
        return abstractMethods(Notifier.class);
    }

    private static Stream<Method> abstractMethods(Class<?> port) {
        return Stream.of(port.getMethods()).filter(method -> Modifier.isAbstract(method.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("ledgerMethods")
    void aCallToTheLedgerReachesTheOther(Method method) throws ReflectiveOperationException {
        GrantLedger other = proxy(GrantLedger.class);
        reaches(method, (ForwardingLedger) () -> other);
    }

    @ParameterizedTest
    @MethodSource("notifierMethods")
    void aMessageReachesTheOther(Method method) throws ReflectiveOperationException {
        Notifier other = proxy(Notifier.class);
        reaches(method, (ForwardingNotifier) () -> other);
    }

    private void reaches(Method method, Object forwarding) throws ReflectiveOperationException {
        Class<?>[] types = method.getParameterTypes();
        Object[] passed = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            passed[i] = argument(types[i], i);
        }
        Object answer = method.invoke(forwarding, passed);
        assertThat(calls).containsExactly(method);
        assertThat(arguments.getFirst()).isEqualTo(passed.length == 0 ? null : passed);
        assertThat(answer).isEqualTo(method.getReturnType() == boolean.class ? Boolean.TRUE : null);
    }

    /** Two strings of one call differ, so that exchanging them is noticed. */
    private static @Nullable Object argument(Class<?> type, int place) {
        if (type == String.class) {
            return "argument " + place;
        }
        return type == int.class ? Integer.valueOf(place) : type == boolean.class ? Boolean.TRUE : null;
    }

    private <T> T proxy(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, recorder));
    }
}
