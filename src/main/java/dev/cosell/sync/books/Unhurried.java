package dev.cosell.sync.books;

import java.util.function.Supplier;

/**
 * A question whose answer is believed for twenty times as long as it took, because pages ask every other second and
 * with very many records the books would do little else.
 */
public final class Unhurried<T> {
    private static final int TIMES = 20;

    private final Supplier<T> question;
    private T answer;
    private long until = System.nanoTime();

    public Unhurried(Supplier<T> question) {
        this.question = question;
    }

    /** One question at a time, however many ask. */
    public synchronized T answer() {
        long begin = System.nanoTime();
        if (begin - until >= 0) {
            answer = question.get();
            long end = System.nanoTime();
            until = end + TIMES * (end - begin);
        }
        return answer;
    }
}
