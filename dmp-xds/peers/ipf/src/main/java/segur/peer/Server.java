package segur.peer;

import static org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators.iti18RequestValidator;
import static org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators.iti18ResponseValidator;
import static org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators.iti41RequestValidator;
import static org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators.iti42RequestValidator;
import static org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators.iti43RequestValidator;
import static org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators.iti51RequestValidator;
import static org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators.iti51ResponseValidator;
import static org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators.iti57RequestValidator;

import java.nio.file.Files;
import java.util.function.Function;

import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.cxf.BusFactory;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.ProvideAndRegisterDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.QueryRegistry;
import org.openehealth.ipf.commons.ihe.xds.core.requests.RegisterDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.RetrieveDocumentSet;

/**
 * A registry and a repository on loopback. What goes over the wire is IPF's: envelopes, addressing, MTOM, ebXML both ways, the validators of
 * every request and of the answers to queries. What is held, and which objects a query finds, is {@link Registry}'s.
 *
 * <p>Ends when its standard input does: it cannot outlive the one who started it.
 */
final class Server {
    private Server() {
    }

    static void run(int port) throws Exception {
        var bus = BusFactory.getDefaultBus();
        var servlet = new CXFNonSpringServlet();
        servlet.setBus(bus);
        var folder = Files.createTempDirectory("ipf-peer");
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxPostSize", "-1");
        var context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "cxf", servlet).setLoadOnStartup(1);
        context.addServletMappingDecoded("/*", "cxf");
        tomcat.start();
        var camel = new DefaultCamelContext();
        camel.addRoutes(routes(new Registry()));
        camel.start();
        System.out.println("port " + tomcat.getConnector().getLocalPort());
        System.out.flush();
        while (System.in.read() >= 0) {
            // nothing is asked here
        }
        camel.stop();
        tomcat.stop();
        tomcat.destroy();
    }

    private static RouteBuilder routes(Registry registry) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("xds-iti18:xds-iti18?audit=false")
                        .process(iti18RequestValidator())
                        .process(answer(QueryRegistry.class, registry::query))
                        .process(iti18ResponseValidator());
                from("xds-iti41:xds-iti41?audit=false")
                        .process(iti41RequestValidator())
                        .process(answer(ProvideAndRegisterDocumentSet.class, registry::provide));
                from("xds-iti42:xds-iti42?audit=false")
                        .process(iti42RequestValidator())
                        .process(answer(RegisterDocumentSet.class, registry::register));
                from("xds-iti43:xds-iti43?audit=false")
                        .process(iti43RequestValidator())
                        .process(answer(RetrieveDocumentSet.class, registry::retrieve));
                from("xds-iti51:xds-iti51?audit=false")
                        .process(iti51RequestValidator())
                        .process(answer(QueryRegistry.class, registry::query))
                        .process(iti51ResponseValidator());
                from("xds-iti57:xds-iti57?audit=false")
                        .process(iti57RequestValidator())
                        .process(answer(RegisterDocumentSet.class, registry::update));
            }
        };
    }

    private static <T> Processor answer(Class<T> type, Function<T, Object> service) {
        return exchange -> {
            var request = exchange.getIn().getMandatoryBody(type);
            exchange.getMessage().setBody(service.apply(request));
        };
    }
}
