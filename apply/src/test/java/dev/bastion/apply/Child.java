package dev.bastion.apply;

import java.util.stream.Collectors;

/** A program for tests to run. */
public final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "say" -> say(arguments[1]);
            case "flood" -> flood();
            case "wait" -> waitForASignal();
            case "knows" -> sayThatItKnows();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void say(String text) {
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

    private static void waitForASignal() throws InterruptedException {
        System.out.println("started");
        new java.util.concurrent.CountDownLatch(1).await();
    }

    /** As Terraform does when a terminal has sent it ctrl-C too; it would die of a second signal. */
    private static void sayThatItKnows() throws Exception {
        System.out.println("started");
        for (int i = 0; i < 20; i++) {
            new java.util.concurrent.CountDownLatch(1).await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
            System.out.println("Interrupt received.");
        }
    }
}
