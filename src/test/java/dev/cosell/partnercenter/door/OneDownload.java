package dev.cosell.partnercenter.door;

import java.net.URI;

/** An attempt to fetch a certificate, for tests of other packages. */
public final class OneDownload {
    private OneDownload() {}

    public static void from(String address) {
        new CertificateDownload().fetch(URI.create(address + "/cert/a.cer"));
    }
}
