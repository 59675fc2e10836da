package dev.cosell.explain;

import java.util.function.Supplier;

/**
 * A question whose answer is believed for twenty times as long as it took, because the page asks every other second and
 * with very many deals the books would do little else.
 */
final class Unhurried<T> {
    private static final int TIMES = 20;

    private final Supplier<T> question;
    private T answer;
    private long until = System.nanoTime();

    Unhurried(Supplier<T> question) {
        this.question = question;
    }

    synchronized T answer() {
        long begin = System.nanoTime();
        if (begin - until >= 0) {
            answer = question.get();
            long end = System.nanoTime();
            until = end + TIMES * (end - begin);
        }
        return answer;
    }
}
