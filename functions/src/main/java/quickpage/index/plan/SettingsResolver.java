package quickpage.index.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import quickpage.index.error.RefusedException;
import quickpage.index.model.Options;
import quickpage.index.model.run.Settings;
import quickpage.index.site.pages.IgnoredPages;
import quickpage.index.site.run.RunFolder;

/** Decides every setting of a run from its input and the deployment's defaults. */
final class SettingsResolver {

  private static final Pattern INDEX_FILE = Pattern.compile("[^/\\\\\\p{Cntrl}]+\\.html");

  private static final double ROI_THRESHOLD = 1.5;
  private static final int MAX_CONCURRENCY = 20;
  private static final double CACHE_TTL_HOURS = 24;
  private static final double TOLERATED_FAILURE_PERCENTAGE = 1;

  /** A year; longer is not kept apart from for ever. */
  private static final double LONGEST_TTL_HOURS = 8760;

  /** What file systems take, in bytes. */
  private static final int LONGEST_FILE_NAME = 255;

  private final Defaults defaults;

  SettingsResolver(Defaults defaults) {
    this.defaults = defaults;
  }

  /**
   * All settings of a run.
   *
   * @throws RefusedException naming the field that is missing, out of its range or not the
   *     deployment's
   */
  Settings resolve(RunInput input) {
    RunInput.Site site = input.site();
    String bucket = own("site.bucket", site.bucket(), defaults.bucket(), "bucket");
    String server = server(input.neuprint().server());
    String dataset = first(input.neuprint().dataset(), defaults.dataset());
    Options options = options(input.options());
    if (options.roiAnalysis()) {
      required("neuprint.dataset", dataset);
    }
    return new Settings(
        bucket,
        ownPrefix(site.prefix()),
        server,
        dataset,
        defaults.contact(),
        defaults.tokenSecretName(),
        defaults.authoritiesSecretName(),
        defaults.deployment(),
        options);
  }

  /**
   * One deployment, one site: its lease, its start by upload and its roles know no other prefix.
   */
  private String ownPrefix(String given) {
    String own = prefix(defaults.prefix());
    String prefix = given == null ? own : prefix(given);
    if (!defaults.deployment().isEmpty() && !prefix.equals(own)) {
      throw notOwn("site.prefix", prefix, "prefix", own.isEmpty() ? "none" : own);
    }
    return prefix;
  }

  private String server(String given) {
    String own = address(defaults.server());
    refuseCredentials(given == null ? own : given);
    String server = own("neuprint.server", given == null ? null : address(given), own, "server");
    try {
      URI uri = new URI(server);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
        throw notAServer(server);
      }
      if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        throw notAServer(server);
      }
      return server;
    } catch (URISyntaxException e) {
      throw notAServer(server);
    }
  }

  /** Before anything else, for every other sentence quotes the address. */
  private static void refuseCredentials(String server) {
    if (server.indexOf('@') >= 0) {
      throw new RefusedException(
          "neuprint.server must not hold a user or password; the token is read from where secrets"
              + " are.");
    }
  }

  private static RefusedException notAServer(String server) {
    return new RefusedException(
        "neuprint.server must be an address such as https://neuprint.janelia.org, not \"%s\"."
            .formatted(server));
  }

  /** Without a scheme it is https: a token never goes over a line that others can read. */
  private static String address(String server) {
    String given = server.strip();
    String plain = given.replaceAll("/+$", "");
    return plain.isEmpty() || given.contains("://") ? plain : "https://" + plain;
  }

  /** The token goes to the server and the index into the bucket, so neither may be a stranger's. */
  private static String own(String field, String given, String own, String what) {
    if (given == null || given.isEmpty()) {
      return required(field, own);
    }
    if (!own.isEmpty() && !given.equals(own)) {
      throw notOwn(field, given, what, own);
    }
    return given;
  }

  private static RefusedException notOwn(String field, String given, String what, String own) {
    return new RefusedException(
        "%s \"%s\" is not this deployment's %s (%s); another one needs a deployment of its own."
            .formatted(field, given, what, own));
  }

  private static String required(String field, String value) {
    if (value.isEmpty()) {
      throw new RefusedException(
          "%s is missing: neither the run input nor the deployment names it.".formatted(field));
    }
    return value;
  }

  private static String first(String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  private static String prefix(String given) {
    if (given.startsWith("/")) {
      throw new RefusedException(
          "site.prefix must not begin with a slash: \"%s\".".formatted(given));
    }
    if (("/" + given + "/").contains("/" + RunFolder.OWN)) {
      throw new RefusedException(
          "site.prefix must not lead into %s, which is no site: \"%s\"."
              .formatted(RunFolder.OWN, given));
    }
    return given.isEmpty() || given.endsWith("/") ? given : given + "/";
  }

  private Options options(RunInput.Choices given) {
    return new Options(
        given.roiAnalysis() == null || given.roiAnalysis(),
        within("options.roiThreshold", or(given.roiThreshold(), ROI_THRESHOLD), 0, 100),
        atLeastOne("options.roiLimit", given.roiLimit()),
        (int)
            within(
                "options.minNeuronsForRois",
                given.minNeuronsForRois() == null ? 1 : given.minNeuronsForRois(),
                0,
                Integer.MAX_VALUE),
        atLeastOne("options.typesPerQuery", given.typesPerQuery()),
        (int)
            within(
                "options.maxConcurrency",
                given.maxConcurrency() == null
                    ? whole("MaxConcurrency", defaults.maxConcurrency(), MAX_CONCURRENCY)
                    : given.maxConcurrency(),
                1,
                40),
        within(
            "options.cacheTtlHours",
            given.cacheTtlHours() == null
                ? number("CacheTtlHours", defaults.cacheTtlHours(), CACHE_TTL_HOURS)
                : given.cacheTtlHours(),
            0,
            LONGEST_TTL_HOURS),
        given.refresh() != null && given.refresh(),
        within(
            "options.toleratedFailurePercentage",
            given.toleratedFailurePercentage() == null
                ? number(
                    "ToleratedFailurePercentage",
                    defaults.toleratedFailurePercentage(),
                    TOLERATED_FAILURE_PERCENTAGE)
                : given.toleratedFailurePercentage(),
            0,
            100),
        indexFile(given.indexFile()),
        ignorePages(given.ignorePages()),
        new FacetOption(defaults.facets()).resolve(given.facets()));
  }

  private List<String> ignorePages(List<String> given) {
    if (given == null) {
      return defaults.ignorePages().isEmpty()
          ? IgnoredPages.DEFAULT_GLOBS
          : globs(
              "The deployment's IgnorePages",
              Stream.of(defaults.ignorePages().split(",", -1)).map(String::strip).toList());
    }
    return globs("options.ignorePages", given);
  }

  private static List<String> globs(String field, List<String> globs) {
    for (String glob : globs) {
      if (glob == null
          || glob.isEmpty()
          || glob.indexOf('/') >= 0
          || glob.length() > LONGEST_FILE_NAME) {
        throw new RefusedException(
            "%s must name patterns of file names such as google*.html, without a folder, not \"%s\"."
                .formatted(field, glob));
      }
    }
    try {
      IgnoredPages.of(globs);
    } catch (PatternSyntaxException e) {
      throw new RefusedException(
          "%s has \"%s\", which is no pattern of file names: %s."
              .formatted(field, e.getPattern(), e.getDescription()),
          e);
    }
    return globs;
  }

  private static double or(Double given, double otherwise) {
    return given == null ? otherwise : given;
  }

  private static double number(String parameter, String text, double otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new RefusedException(
          "The deployment's %s must be a number, not \"%s\".".formatted(parameter, text), e);
    }
  }

  private static double whole(String parameter, String text, double otherwise) {
    double number = number(parameter, text, otherwise);
    if (number != Math.rint(number)) {
      throw new RefusedException(
          "The deployment's %s must be a whole number, not \"%s\".".formatted(parameter, text));
    }
    return number;
  }

  private static double within(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new RefusedException(
          "%s must be from %s to %s, not %s."
              .formatted(field, plain(least), plain(most), plain(value)));
    }
    return value;
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static Integer atLeastOne(String field, Integer value) {
    if (value != null && value < 1) {
      throw new RefusedException("%s must be at least 1, not %d.".formatted(field, value));
    }
    return value;
  }

  private static String indexFile(String name) {
    if (name == null) {
      return null;
    }
    if (!INDEX_FILE.matcher(name).matches()
        || name.startsWith(".")
        || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_FILE_NAME) {
      throw new RefusedException(
          "options.indexFile must be one plain name that ends in .html, at most %d bytes long, not \"%s\"."
              .formatted(LONGEST_FILE_NAME, name));
    }
    return name;
  }
}
