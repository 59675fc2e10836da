package dev.cosell.page;

/** A question that gets a sentence and a status of HTTP instead of an answer. */
final class Refused extends RuntimeException {
    private final int status;

    Refused(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
