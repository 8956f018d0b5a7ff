/* What libxml2 needs to parse and check the same files, for the bench "structure".
 *
 *     libxml2 SCHEMA ROUNDS FILE...
 *
 * Reads all files first, then parses and checks each ROUNDS times. Prints the bytes of one round, the number of files
 * accepted, and the best CPU time of a round in seconds: for parsing alone, and for parsing and checking.
 */
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void quiet(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

int main(int count, char **arguments) {
    if (count < 4) {
        return 2;
    }
    int rounds = atoi(arguments[2]);
    int files = count - 3;
    char **texts = calloc((size_t)files, sizeof *texts);
    long *lengths = calloc((size_t)files, sizeof *lengths);
    if (texts == NULL || lengths == NULL) {
        return 2;
    }
    long total = 0;
    for (int i = 0; i < files; i++) {
        FILE *file = fopen(arguments[i + 3], "rb");
        if (file == NULL) {
            return 2;
        }
        fseek(file, 0, SEEK_END);
        lengths[i] = ftell(file);
        rewind(file);
        texts[i] = malloc((size_t)lengths[i] + 1);
        if (texts[i] == NULL || fread(texts[i], 1, (size_t)lengths[i], file) != (size_t)lengths[i]) {
            return 2;
        }
        fclose(file);
        total += lengths[i];
    }
    xmlSetGenericErrorFunc(NULL, quiet);
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(arguments[1]);
    xmlSchemaSetParserErrors(parser, quiet, quiet, NULL);
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    if (schema == NULL) {
        return 2;
    }
    double best[2] = {1e9, 1e9};
    int accepted = 0;
    for (int round = 0; round < rounds; round++) {
        for (int check = 0; check < 2; check++) {
            accepted = 0;
            clock_t begin = clock();
            for (int i = 0; i < files; i++) {
                xmlDocPtr document = xmlReadMemory(texts[i], (int)lengths[i], NULL, NULL, XML_PARSE_HUGE | XML_PARSE_NONET);
                if (document != NULL && check) {
                    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);
                    xmlSchemaSetValidErrors(context, quiet, quiet, NULL);
                    accepted += xmlSchemaValidateDoc(context, document) == 0;
                    xmlSchemaFreeValidCtxt(context);
                }
                xmlFreeDoc(document);
            }
            double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
            if (seconds < best[check]) {
                best[check] = seconds;
            }
        }
    }
    printf("%ld %d %f %f\n", total, accepted, best[0], best[1]);
    return 0;
}
