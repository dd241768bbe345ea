package dev.fogline.policies.privacy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names under which a value that a machine made is a key: those of who issues keys ("adobe_client"), and those that speak
 * of keys somewhere ("api_key_of_production"). After the rules and the allow-list of gitleaks (MIT).
 */
final class KeyWords {
    private static final Set<String> ISSUERS = words("adafruit adobe airtable algolia alibaba aliyun asana atlassian"
            + " beamer bitbucket bittrex cloudflare codecov cohere coinbase confluence confluent contentful contribsys datadog"
            + " discord droneci dropbox etsy facebook fastly finicity finnhub flickr freshbooks gitter gocardless harness"
            + " heroku hubspot intercom jfrog artifactory jira kraken kucoin launchdarkly linear linkedin lob looker mailchimp"
            + " mailgun mapbox mattermost maxmind meraki messagebird netlify newrelic nytimes okta openai anthropic deepseek"
            + " dashscope zhipu moonshot plaid privateai rapidapi sendbird sendgrid sendinblue sentry sidekiq snyk sonar"
            + " sourcegraph squarespace stripe sumo sumologic telegram telegr travis trello twilio twitch twitter typeform"
            + " wechat feishu dingtalk yandex zendesk");

    private static final Set<String> SECRETS =
            words("token tokens secret secrets password passwd pwd passphrase credential"
                    + " credentials creds apikey apikeys auth");

    /** Of such things a "key" is a secret. */
    private static final Set<String> KEYED = words(
            "api access secret private master signing encryption account client"
                    + " service server admin root app application auth shared license deploy webhook cipher aes hmac jwt crypto");

    /** With one of these the value is no secret, though a machine made it. */
    private static final Set<String> ALLOWED =
            words("alias algorithm author board bucket cache checksum code commit count"
                    + " csrf digest endpoint etag file fingerprint foreign frame hash hostname idempotency image index issuer keyboard"
                    + " keyword length limit md5 mesh name pair partition path press primary pub public publishable revision ring"
                    + " schema selector sequence session sha sha1 sha256 sha512 signature site size sort store timeout trace type ulid"
                    + " uri url usage uuid version web xsrf vault");

    /** At "_", "-", "." and at the humps of camelCase. */
    private static final Pattern SEAM = Pattern.compile("[-_.\\d]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private KeyWords() {}

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }

    /**
     * Whether even digits alone are a key: some issuers number their clients.
     *
     * @param name at most a few dozen characters
     */
    static boolean nameNumbers(String name) {
        List<String> parts = parts(name);
        return parts.stream().anyMatch(ISSUERS::contains)
                && (parts.contains("client") || parts.stream().anyMatch(SECRETS::contains));
    }

    private static List<String> parts(String name) {
        return Arrays.stream(SEAM.split(name))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** @param name at most a few dozen characters */
    static boolean nameKeys(String name) {
        List<String> parts = parts(name);
        var all = new HashSet<>(parts);
        boolean key = all.contains("key") || all.contains("keys");
        boolean id = !parts.isEmpty() && parts.getLast().equals("id");
        return parts.stream().noneMatch(ALLOWED::contains)
                && (parts.stream().anyMatch(ISSUERS::contains)
                        || (!id && parts.stream().anyMatch(SECRETS::contains))
                        || (!id && key && parts.stream().anyMatch(KEYED::contains)));
    }
}
