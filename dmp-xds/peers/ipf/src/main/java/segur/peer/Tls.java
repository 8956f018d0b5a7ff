package segur.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Mutual TLS with the certificates of a sandbox, which are PEM files: {@code ca.pem}, {@code client.pem}, {@code client.key}. */
final class Tls extends SSLContextParameters {
    private final SSLContext context;

    Tls(Path folder) throws GeneralSecurityException, IOException {
        var none = new char[0];
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, none);
        own.setKeyEntry("client", key(folder.resolve("client.key")), none, new Certificate[] {certificate(folder.resolve("client.pem"))});
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, none);
        trusted.setCertificateEntry("authority", certificate(folder.resolve("ca.pem")));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, none);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    @Override
    public SSLContext createSSLContext(CamelContext camel) {
        return context;
    }

    private static Certificate certificate(Path file) throws GeneralSecurityException, IOException {
        try (var stream = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }

    private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
        var text = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
        return KeyFactory.getInstance("RSA").generatePrivate(spec);
    }
}
