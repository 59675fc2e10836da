package dev.cosell.partnercenter.door;

/** A notification that is not let in; the status and a constant text are all the caller learns. */
public final class WebhookRefusal extends RuntimeException {
    private final int status;

    WebhookRefusal(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
