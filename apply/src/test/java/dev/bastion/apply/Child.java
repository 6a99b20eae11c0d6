package dev.bastion.apply;

import java.util.stream.Collectors;

/** A program that tests run as a child process. */
public final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "echo" -> echo(arguments[1]);
            case "flood" -> flood();
            case "wait" -> waitForSignal();
            case "acknowledge" -> acknowledgeSignals();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void echo(String text) {
        System.out.println(text);
        System.out.println("variables: "
                + System.getenv().keySet().stream()
                        .filter(name -> !name.startsWith("_"))
                        .collect(Collectors.joining(",")));
        System.err.println("to the standard error");
        System.exit(7);
    }

    private static void flood() {
        for (int i = 0; i < 50_000; i++) {
            System.out.println("out");
            System.err.println("error");
        }
    }

    private static void waitForSignal() throws InterruptedException {
        System.out.println("started");
        new java.util.concurrent.CountDownLatch(1).await();
    }

    /** Acknowledges signals as Terraform does after Ctrl-C in a terminal; a second signal would kill it. */
    private static void acknowledgeSignals() throws Exception {
        System.out.println("started");
        for (int i = 0; i < 20; i++) {
            new java.util.concurrent.CountDownLatch(1).await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
            System.out.println("Interrupt received.");
        }
    }
}
