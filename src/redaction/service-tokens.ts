/** Tokens of chats, mail, payments, monitoring and models. */

import { around, token, type Rule } from "./rule.ts";

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const slackBody = String.raw`[\w-]{6,512}`;

const chat: readonly Rule[] = [
  token("slack-bot-token", "xoxb-", slackBody),
  token("slack-user-token", "xoxp-", slackBody),
  token("slack-app-token", "xapp-", slackBody),
  token("slack-config-token", "xoxe.", String.raw`xox[bp]-[\w-]{6,512}`),
  token("slack-refresh-token", "xoxe-", slackBody),
  token("slack-session-token", "xoxc-", slackBody),
  token("slack-session-cookie", "xoxd-", String.raw`[\w%+/=-]{6,512}`),
  token("slack-workflow-token", "xwfp-", slackBody),
  ...["xoxa-", "xoxr-", "xoxs-", "xoxo-"].map((sign) =>
    token("slack-legacy-token", sign, slackBody),
  ),
  around("telegram-bot-token", /(?<![0-9])[0-9]{8,10}$/, ":AA", String.raw`[\w-]{30,36}`),
  ...discordSigns().map((sign) =>
    token("discord-bot-token", sign, String.raw`[\w-]{20,25}\.[\w-]{6}\.[\w-]{27,40}`),
  ),
];

const mailAndPayments: readonly Rule[] = [
  ...Array.from("0123456789abcdef", (digit) =>
    token("twilio-key", `SK${digit}`, "[0-9a-f]{31}(?![0-9A-Za-z])"),
  ),
  token("posthog-personal-key", "phx_", "[A-Za-z0-9]{30,64}"),
  token("posthog-secret-key", "phs_", "[A-Za-z0-9]{30,64}"),
  token("sendgrid-key", "SG.", String.raw`[\w-]{16,32}\.[\w-]{16,64}`),
  token("mailgun-key", "key-", "[0-9a-f]{32}(?![0-9A-Za-z])"),
  around("mailchimp-key", /(?<![0-9A-Za-z])[0-9a-f]{32}$/, "-us", "[0-9]{1,2}(?![0-9A-Za-z])"),
  token("brevo-key", "xkeysib-", "[0-9a-f]{64}-[A-Za-z0-9]{16}"),
  token("brevo-smtp-key", "xsmtpsib-", "[0-9a-f]{64}-[A-Za-z0-9]{16}"),
  token("resend-key", "re_", "[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}"),
  token("stripe-live-key", "sk_live_", "[A-Za-z0-9]{16,255}"),
  token("stripe-test-key", "sk_test_", "[A-Za-z0-9]{16,255}"),
  ...["rk_live_", "rk_test_"].map((sign) =>
    token("stripe-restricted-key", sign, "[A-Za-z0-9]{16,255}"),
  ),
  token("webhook-signing-secret", "whsec_", "[A-Za-z0-9+/=]{20,128}"),
  token("square-access-token", "sq0atp-", String.raw`[\w-]{22}`),
  token("square-secret", "sq0csp-", String.raw`[\w-]{40,46}`),
  token("square-oauth-token", "EAAA", String.raw`[\w-]{60}(?![\w-])`),
  token("braintree-token", "access_token$", "(?:production|sandbox)\\$[a-z0-9]{16}\\$[0-9a-f]{32}"),
  token("shopify-access-token", "shpat_", "[0-9a-fA-F]{32}"),
  token("shopify-custom-app-token", "shpca_", "[0-9a-fA-F]{32}"),
  token("shopify-private-app-token", "shppa_", "[0-9a-fA-F]{32}"),
  token("shopify-shared-secret", "shpss_", "[0-9a-fA-F]{32}"),
  ...["sandbox", "development", "production"].map((where) =>
    token("plaid-token", `access-${where}-`, uuid),
  ),
  ...["rzp_live_", "rzp_test_"].map((sign) => token("razorpay-key", sign, "[A-Za-z0-9]{14,24}")),
  token("flutterwave-key", "FLWSECK", "(?:_TEST)?-[0-9a-f]{12,32}-X"),
  ...["EZAK", "EZTK"].map((sign) => token("easypost-key", sign, "[A-Za-z0-9]{54}")),
  ...["live_", "test_"].map((where) => token("shippo-token", `shippo_${where}`, "[0-9a-f]{40}")),
  ...["live_", "test_"].map((where) =>
    token("duffel-token", `duffel_${where}`, String.raw`[\w=-]{43}`),
  ),
];

const peopleAndSales: readonly Rule[] = [
  ...["EAAC", "EAAM"].map((sign) => token("facebook-token", sign, "[A-Za-z0-9]{80,300}")),
  token("instagram-token", "IGQ", String.raw`V[\w-]{80,300}`),
  token("twitter-bearer-token", "AAAAAAAAAAAAAAAAAAAAA", "[A-Za-z0-9%]{30,120}"),
  token("linkedin-client-secret", "WPL_AP1.", String.raw`[\w.]{16,40}={0,2}`),
  token("dropbox-token", "sl.", String.raw`(?:u\.)?[\w-]{100,2048}`),
  ...["pat-na1-", "pat-na2-", "pat-eu1-"].map((sign) => token("hubspot-token", sign, uuid)),
  token("salesforce-session", "00D", String.raw`[A-Za-z0-9]{12,15}![\w.]{60,130}`),
];

const monitoring: readonly Rule[] = [
  token("new-relic-user-key", "NRAK-", "[A-Z0-9]{20,32}"),
  token("new-relic-insert-key", "NRII-", String.raw`[\w-]{28,36}`),
  token("new-relic-query-key", "NRIQ-", String.raw`[\w-]{28,36}`),
  around("new-relic-licence-key", /(?<![0-9A-Za-z])[0-9a-z]{36}$/, "NRAL", "(?![0-9A-Za-z])"),
  token("grafana-cloud-token", "glc_", "[A-Za-z0-9+/]{32,400}={0,2}"),
  token("grafana-service-token", "glsa_", "[A-Za-z0-9]{32}_[0-9a-fA-F]{8}"),
  token("grafana-key", "eyJrIjoi", "[A-Za-z0-9]{60,400}={0,2}"),
  token("sentry-organisation-token", "sntrys_", "eyJ[A-Za-z0-9+/=_-]{60,400}"),
  token("sentry-user-token", "sntryu_", "[0-9a-f]{64}"),
  ...["a", "b", "c", "x"].map((use) => token("honeycomb-key", `hc${use}ik_`, "[0-9a-z]{50,64}")),
  ...["dt0c01.", "dt0s01.", "dt0s02.", "dt0s08."].map((sign) =>
    token("dynatrace-token", sign, String.raw`[A-Z0-9]{8,24}\.[A-Z0-9]{64}`),
  ),
];

const models: readonly Rule[] = [
  token("anthropic-key", "sk-ant-api", String.raw`[\w-]{40,200}`),
  token("anthropic-admin-key", "sk-ant-admin", String.raw`[\w-]{40,200}`),
  token("anthropic-oauth-token", "sk-ant-oat", String.raw`[\w-]{40,200}`),
  token("openrouter-key", "sk-or-v1-", "[0-9a-f]{40,64}"),
  token("langfuse-secret-key", "sk-lf-", uuid),
  token("openai-project-key", "sk-proj-", String.raw`[\w-]{16,255}`),
  token("openai-service-key", "sk-svcacct-", String.raw`[\w-]{16,255}`),
  token("openai-admin-key", "sk-admin-", String.raw`[\w-]{16,255}`),
  {
    ...token("model-key", "sk-", String.raw`[\w-]{16,255}`),
    told: ({ secret }) => (/[0-9]/.test(secret) ? "model-key" : null),
  },
  token("huggingface-token", "hf_", "[A-Za-z0-9]{30,50}"),
  token("huggingface-organisation-token", "api_org_", "[A-Za-z0-9]{30,50}"),
  token("replicate-token", "r8_", "[A-Za-z0-9]{30,50}"),
  token("groq-key", "gsk_", "[A-Za-z0-9]{40,60}"),
  token("perplexity-key", "pplx-", "[A-Za-z0-9]{40,64}"),
  token("xai-key", "xai-", "[A-Za-z0-9]{70,90}"),
  ...["pt", "sk"].map((use) => token("langsmith-key", `lsv2_${use}_`, "[0-9a-f]{32}_[0-9a-f]{10}")),
  token("pinecone-key", "pcsk_", "[A-Za-z0-9]{5,6}_[A-Za-z0-9]{50,70}"),
  token("elevenlabs-key", "sk_", "[0-9a-f]{48}"),
  token("nvidia-key", "nvapi-", String.raw`[\w-]{60,80}`),
  token("tavily-key", "tvly-", String.raw`[A-Za-z0-9-]{28,60}`),
  token("firecrawl-key", "fc-", "[0-9a-f]{32}(?![0-9A-Za-z])"),
  token("voyage-key", "pa-", String.raw`[\w-]{43}(?![\w-])`),
];

export const serviceTokens: readonly Rule[] = [
  ...chat,
  ...mailAndPayments,
  ...peopleAndSales,
  ...monitoring,
  ...models,
];

/** A bot's token begins with its number in base64: three digits give one of these. */
function discordSigns(): string[] {
  const firsts = ["MD", "MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"];
  return firsts.flatMap((first) => Array.from("AEIMQUYcgk", (third) => `${first}${third}`));
}
