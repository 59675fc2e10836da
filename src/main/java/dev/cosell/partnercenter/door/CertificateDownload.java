package dev.cosell.partnercenter.door;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches a certificate: no redirects, at most 64 KiB, 15 seconds in all. */
final class CertificateDownload {
    private static final int LARGEST = 64 * 1024;
    private static final long SECONDS = 15;

    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5)).build();

    /** Throws {@link WebhookRefusal}: 503 when nothing could be fetched, 401 when it is no certificate. */
    X509Certificate fetch(URI uri) {
        byte[] bytes = bytes(uri);
        if (bytes.length > LARGEST) {
            throw new WebhookRefusal(401, "certificate not accepted");
        }
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException noCertificate) {
            throw new WebhookRefusal(401, "certificate not accepted");
        }
    }

    private byte[] bytes(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(SECONDS)).GET().build();
        CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(request,
                HttpResponse.BodyHandlers.ofInputStream());
        CompletableFuture<byte[]> body = answer.thenApplyAsync(CertificateDownload::limited);
        try {
            return body.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.thenAccept(CertificateDownload::abandon);
            answer.cancel(true);
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static byte[] limited(HttpResponse<InputStream> answer) {
        try (InputStream in = answer.body()) {
            if (answer.statusCode() != 200) {
                throw unavailable();
            }
            return in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw unavailable();
        }
    }

    private static void abandon(HttpResponse<InputStream> answer) {
        try {
            answer.body().close();
        } catch (IOException alreadyGone) {
            return;
        }
    }

    private static WebhookRefusal unavailable() {
        return new WebhookRefusal(503, "certificate not available");
    }
}
