package dev.cosell.salesforce.stream;

import dev.cosell.salesforce.SalesforceSignIn.Session;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An attempt to listen to events, for tests of other packages. */
public final class OneListening {
    private OneListening() {}

    /** Returns when the server has answered, or the client has given up. */
    public static void at(String address) throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        EventClient client = new EventClient(new Session(address, "token"), "/data/ChangeEvents", -1,
                new EventClient.Listener() {
            @Override
            public void listening(EventClient same) {
                over.complete(null);
            }

            @Override
            public void alive(EventClient same) {
                over.complete(null);
            }

            @Override
            public void event(EventClient same, Map<String, Object> data) {
                over.complete(null);
            }

            @Override
            public void failed(EventClient same, Failure failure) {
                over.complete(null);
            }
        });
        try {
            client.open();
            over.get(20, TimeUnit.SECONDS);
        } finally {
            client.abandon();
        }
    }
}
