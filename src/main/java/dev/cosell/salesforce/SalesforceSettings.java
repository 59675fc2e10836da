package dev.cosell.salesforce;

/**
 * How to reach one Salesforce org. What is given decides the way to log in: a password (user name and password), a
 * refresh token, a key store (JWT bearer), or else client id and secret alone (client credentials). Unused values are
 * null.
 *
 * @param loginUrl         for client credentials the org's own My Domain address
 * @param password         password followed by the security token
 * @param keyStore         Camel resource of a key store with exactly one key, such as
 *     {@code file:/etc/cosell/salesforce.p12}
 * @param jwtAudience      {@code https://login.salesforce.com} or {@code https://test.salesforce.com}
 */
public record SalesforceSettings(String loginUrl, String clientId, String clientSecret, String userName,
        String password,
        String refreshToken, String keyStore, String keyStorePassword, String jwtAudience) {

    /** Login as the run-as user of an app with the client-credentials flow. */
    public static SalesforceSettings clientCredentials(String loginUrl, String clientId, String clientSecret) {
        return new SalesforceSettings(loginUrl, clientId, clientSecret, null, null, null, null, null, null);
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return "SalesforceSettings[loginUrl=" + loginUrl + ", clientId=" + clientId + "]";
    }
}
