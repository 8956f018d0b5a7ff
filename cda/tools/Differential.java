// Verdicts of the JDK's schema processor (Xerces), for differential.py: reads paths on standard input, one a line,
// writes for each the number of errors (-1: not well-formed) and the first of them.

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

public class Differential {
    public static void main(String[] arguments) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "all");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "all");
        Schema schema = factory.newSchema(new File(arguments[0]));
        BufferedReader paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String path;
        while ((path = paths.readLine()) != null) {
            int[] count = {0};
            String[] first = {""};
            Validator validator = schema.newValidator();
            validator.setErrorHandler(new ErrorHandler() {
                @Override
                public void warning(SAXParseException problem) {}

                @Override
                public void error(SAXParseException problem) {
                    if (count[0]++ == 0) {
                        first[0] = problem.getLineNumber() + ": " + problem.getMessage();
                    }
                }

                @Override
                public void fatalError(SAXParseException problem) throws SAXException {
                    throw problem;
                }
            });
            try {
                validator.validate(new StreamSource(new File(path)));
            } catch (SAXException problem) {
                count[0] = -1;
                first[0] = String.valueOf(problem.getMessage());
            }
            System.out.println(count[0] + "\t" + first[0].replace('\n', ' ').replace('\t', ' '));
        }
    }
}
