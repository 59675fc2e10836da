package dev.cosell.alerts;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Properties;

/**
 * How the mail server is reached.
 *
 * @param security {@code tls} from the first byte, {@code starttls}, or {@code none}
 * @param user     null when the server wants none
 * @param password of the user
 */
public record MailSession(String host, int port, String security, String user, String password) {
    private static final String PATIENCE = "10000";

    public Session open() {
        Properties mail = new Properties();
        mail.put("mail.transport.protocol", "smtp");
        mail.put("mail.smtp.host", host);
        mail.put("mail.smtp.port", String.valueOf(port));
        mail.put("mail.smtp.auth", String.valueOf(user != null));
        mail.put("mail.smtp.ssl.enable", String.valueOf(security.equals("tls")));
        mail.put("mail.smtp.starttls.enable", String.valueOf(security.equals("starttls")));
        mail.put("mail.smtp.starttls.required", String.valueOf(security.equals("starttls")));
        mail.put("mail.smtp.connectiontimeout", PATIENCE);
        mail.put("mail.smtp.timeout", PATIENCE);
        mail.put("mail.smtp.writetimeout", PATIENCE);
        return Session.getInstance(mail, user == null ? null : new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password);
            }
        });
    }
}
