package dev.fogline.policies.privacy;

import static dev.fogline.policies.privacy.Alphabet.ALPHANUMERIC;
import static dev.fogline.policies.privacy.Alphabet.BASE64;
import static dev.fogline.policies.privacy.Alphabet.DOTTED;
import static dev.fogline.policies.privacy.Alphabet.HEX;
import static dev.fogline.policies.privacy.Alphabet.LOWER;
import static dev.fogline.policies.privacy.Alphabet.TOKEN;
import static dev.fogline.policies.privacy.Alphabet.UPPER;
import static dev.fogline.policies.privacy.Alphabet.WORD;

import java.util.List;

/** The prefixes of issuers. Shapes after their documentation and the rules of gitleaks (MIT). */
final class KeyShapes {
    private static final int LONG = 512;
    private static final Alphabet SLASHED = WORD.and("/");

    static final List<KeyShape> ALL = List.of(
            // Models: OpenAI and all who copy its sk-, Anthropic, OpenRouter, Google, Hugging Face and others
            key("sk-", WORD, 20, 256, 12),
            key("sess-", ALPHANUMERIC, 40, 40, 40),
            key("AIza", WORD, 35, 35, 8),
            key("hf_", ALPHANUMERIC, 34, 40, 34),
            key("api_org_", ALPHANUMERIC, 34, 34, 34),
            key("gsk_", ALPHANUMERIC, 40, 64, 40),
            key("xai-", ALPHANUMERIC, 60, 100, 60),
            key("pplx-", ALPHANUMERIC, 40, 56, 40),
            key("r8_", ALPHANUMERIC, 37, 40, 37),
            key("nvapi-", WORD, 60, 80, 12),
            key("ms-", HEX.and("-"), 36, 36, 12),
            // Clouds: AWS, Google, Azure is AzureSecret, Alibaba, Baidu, Tencent, Volcengine, DigitalOcean and others
            key("AKIA", UPPER, 16, 16, 16),
            key("ASIA", UPPER, 16, 16, 16),
            key("ABIA", UPPER, 16, 16, 16),
            key("ACCA", UPPER, 16, 16, 16),
            key("ABSK", BASE64, 100, 280, 32),
            key("GOCSPX-", WORD, 28, 28, 8),
            key("ya29.", WORD, 40, LONG, 12),
            key("LTAI", ALPHANUMERIC, 12, 24, 12),
            key("bce-v3/", SLASHED, 40, 120, 16),
            key("ALTAK", ALPHANUMERIC.and("-"), 20, 48, 16),
            key("AKID", ALPHANUMERIC, 28, 40, 28),
            key("AKLT", ALPHANUMERIC, 32, 64, 32),
            key("dop_v1_", HEX, 64, 64, 64),
            key("doo_v1_", HEX, 64, 64, 64),
            key("dor_v1_", HEX, 64, 64, 64),
            key("dapi", HEX.and("-"), 32, 34, 32),
            key("hvs.", WORD, 24, 300, 16),
            key("hvb.", WORD, 100, 300, 16),
            key("HRKU-", WORD, 36, 64, 8),
            key("AQVN", WORD, 35, 38, 8),
            key("pscale_tkn_", DOTTED, 32, 64, 12),
            key("pscale_pw_", DOTTED, 32, 64, 12),
            key("pscale_oauth_", DOTTED, 32, 64, 12),
            key("bedrock-api-key-", BASE64, 60, LONG, 32),
            key("fo1_", WORD, 43, 43, 8),
            key("fm1r_", BASE64, 80, LONG, 16),
            key("fm2_", BASE64, 80, LONG, 16),
            key("pul-", HEX, 40, 40, 40),
            key("tskey-", WORD, 20, 80, 12),
            // Code and packages: GitHub, GitLab, npm, PyPI, Docker and others
            key("ghp_", ALPHANUMERIC, 36, 40, 36),
            key("gho_", ALPHANUMERIC, 36, 40, 36),
            key("ghu_", ALPHANUMERIC, 36, 40, 36),
            key("ghs_", ALPHANUMERIC, 36, 40, 36),
            key("ghr_", ALPHANUMERIC, 36, 80, 36),
            key("github_pat_", ALPHANUMERIC.and("_"), 60, 100, 22),
            key("glpat-", DOTTED, 20, 64, 8),
            key("gldt-", WORD, 20, 64, 8),
            key("glrt-", DOTTED, 20, 64, 8),
            key("glptt-", HEX, 40, 40, 40),
            key("glcbt-", WORD, 20, 64, 8),
            key("glsoat-", WORD, 20, 64, 8),
            key("gloas-", HEX, 64, 64, 64),
            key("npm_", ALPHANUMERIC, 36, 36, 36),
            key("pypi-", WORD, 50, LONG, 16),
            key("dckr_pat_", WORD, 24, 40, 8),
            key("rubygems_", HEX, 48, 48, 48),
            key("AKCp", ALPHANUMERIC, 69, 69, 69),
            key("sgp_", HEX.and("_"), 40, 64, 16),
            key("sqp_", HEX, 40, 40, 40),
            key("squ_", HEX, 40, 40, 40),
            key("sqa_", HEX, 40, 40, 40),
            key("API-", UPPER, 26, 26, 26),
            key("nfp_", ALPHANUMERIC, 36, 40, 36),
            key("CLOJARS_", LOWER, 60, 60, 60),
            // Work: Slack, Feishu, WeCom, Notion, Atlassian, Postman, Airtable and others
            numbered("xoxb-", 20, 120, 9),
            numbered("xoxa-", 20, 200, 9),
            numbered("xoxp-", 45, 200, 10),
            numbered("xoxr-", 20, 200, 9),
            numbered("xoxs-", 20, 200, 9),
            key("xoxe.xoxp-", WORD, 100, 256, 30),
            numbered("xapp-", 40, 160, 9),
            key("hooks.slack.com/", SLASHED, 36, 120, 8),
            key("open.feishu.cn/open-apis/bot/v2/hook/", WORD, 32, 64, 8),
            key("qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", WORD, 32, 64, 8),
            key("ntn_", ALPHANUMERIC, 40, 60, 40),
            key("ATATT3", TOKEN, 150, 260, 16),
            key("PMAK-", WORD, 50, 70, 24),
            key("lin_api_", ALPHANUMERIC, 40, 40, 40),
            key("key-", HEX, 32, 32, 32),
            key("SG.", DOTTED, 60, 72, 16),
            key("xkeysib-", WORD, 70, 90, 32),
            key("dt0c01.", DOTTED, 80, 100, 20),
            key("glc_", BASE64, 32, 400, 24),
            key("glsa_", ALPHANUMERIC.and("_"), 41, 41, 32),
            key("sntrys_", TOKEN, 80, LONG, 24),
            key("NRAK-", ALPHANUMERIC, 27, 27, 27),
            key("webhook.office.com/webhookb2/", SLASHED.and("@"), 80, 240, 8),
            key("pat", ALPHANUMERIC.and("."), 79, 79, 64),
            key("tfp_", TOKEN, 59, 59, 8),
            key("pnu_", LOWER, 36, 36, 36),
            key("ops_eyJ", BASE64, 200, 2048, 64),
            key("ZXlK", BASE64, 60, 4096, 48),
            key("SK", HEX, 32, 32, 32),
            key("s-s4t2", WORD, 60, 80, 32),
            key("sha256~", WORD, 40, 48, 8),
            // Money and shops: Stripe, Square, Shopify and others
            key("sk_live_", ALPHANUMERIC, 10, 120, 10),
            key("sk_test_", ALPHANUMERIC, 10, 120, 10),
            key("rk_live_", ALPHANUMERIC, 10, 120, 10),
            key("rk_test_", ALPHANUMERIC, 10, 120, 10),
            key("whsec_", BASE64, 32, 64, 24),
            key("sq0atp-", WORD, 22, 22, 8),
            key("sq0csp-", WORD, 43, 43, 8),
            key("EAAA", WORD, 60, 60, 8),
            key("EAAM", ALPHANUMERIC, 100, LONG, 64),
            key("EAAC", ALPHANUMERIC, 100, LONG, 64),
            key("shpat_", HEX, 32, 32, 32),
            key("shpss_", HEX, 32, 32, 32),
            key("shpca_", HEX, 32, 32, 32),
            key("EZAK", ALPHANUMERIC, 54, 54, 54),
            key("EZTK", ALPHANUMERIC, 54, 54, 54),
            key("FLWSECK_TEST-", ALPHANUMERIC, 32, 40, 32),
            key("shippo_live_", HEX, 40, 40, 40),
            key("duffel_live_", WORD, 43, 43, 8),
            key("AGE-SECRET-KEY-1", UPPER, 58, 58, 58),
            key("rdme_", LOWER, 70, 70, 70));

    private KeyShapes() {}

    private static KeyShape key(String prefix, Alphabet alphabet, int least, int most, int solid) {
        return new KeyShape(prefix, alphabet, least, most, ALPHANUMERIC, solid);
    }

    /** A token that holds the number of a team or an application. */
    private static KeyShape numbered(String prefix, int least, int most, int digits) {
        return new KeyShape(prefix, WORD, least, most, Alphabet.DIGITS, digits);
    }
}
