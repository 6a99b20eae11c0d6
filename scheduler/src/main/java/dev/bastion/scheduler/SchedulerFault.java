package dev.bastion.scheduler;

import org.quartz.SchedulerException;

/** The fault that in-memory Quartz rejected a call, which is a bug of this service. */
public final class SchedulerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SchedulerFault(SchedulerException cause) {
        super("the scheduler rejected a call: " + cause.getMessage(), cause);
    }

    interface Call<T> {
        T call() throws SchedulerException;
    }

    interface Action {
        void run() throws SchedulerException;
    }

    static <T> T call(Call<T> call) {
        try {
            return call.call();
        } catch (SchedulerException e) {
            throw new SchedulerFault(e);
        }
    }

    static void run(Action action) {
        try {
            action.run();
        } catch (SchedulerException e) {
            throw new SchedulerFault(e);
        }
    }
}
