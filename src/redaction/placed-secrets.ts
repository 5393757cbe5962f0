/** Secrets that their place gives away: headers and addresses. */

import { placed, unfilled, type Rule, type Told } from "./rule.ts";

/** Names what is left of a lead that ends in a scheme: "postgresql://ana:" */
const urlKinds: readonly (readonly [scheme: RegExp, kind: string])[] = [
  [/postgres(?:ql)?(?:\+\w{1,20})?$/i, "postgresql-url"],
  [/(?:mysql|mariadb)(?:\+\w{1,20})?$/i, "mysql-url"],
  [/mongodb(?:\+srv)?$/i, "mongodb-url"],
  [/rediss?$/i, "redis-url"],
  [/amqps?$/i, "amqp-url"],
  [/(?:sqlserver|mssql)(?:\+\w{1,20})?$/i, "sqlserver-url"],
  [/(?:ldaps?)$/i, "ldap-url"],
  [/(?:smtps?)$/i, "smtp-url"],
  [/(?:clickhouse|https?\+clickhouse)$/i, "clickhouse-url"],
  [/(?:nats|kafka|mqtts?)$/i, "broker-url"],
];

function urlKind({ before, secret }: Told): string | null {
  if (unfilled.test(secret)) return null;
  return urlKinds.find(([scheme]) => scheme.test(before))?.[1] ?? "url-password";
}

/** A password may hold an unescaped "@" or "/", but then it is no port with a path behind it. */
const urlPassword: Rule = {
  ...placed(
    "url-password",
    ["://"],
    String.raw`:\/\/[^\s:/@"'<>]{0,128}:(?!\d{1,5}(?:[/?#\s"'<>]|$))`,
    String.raw`(?:[^\s"'<>@\\]{1,256}(?:@[^\s"'<>@/:?\\]{1,64}(?=@))?)(?=@[\w[])`,
  ),
  told: urlKind,
};

const urlToken: Rule = {
  ...placed("url-token", ["://"], String.raw`:\/\/`, String.raw`[\w.~%-]{20,256}(?=@[\w[])`),
  told: ({ secret, after }) =>
    /sentry|ingest/.test(after) ? "sentry-dsn" : /[0-9]/.test(secret) ? "url-token" : null,
};

const webhooks: readonly Rule[] = [
  placed(
    "slack-webhook",
    ["hooks.slack"],
    String.raw`hooks\.slack(?:-gov)?\.com\/`,
    String.raw`[\w/-]{6,256}`,
  ),
  placed(
    "discord-webhook",
    ["/api/webhooks/"],
    String.raw`\/api\/webhooks\/\d{15,22}\/`,
    String.raw`[\w-]{40,100}`,
  ),
  placed("teams-webhook", ["/webhookb2/"], String.raw`\/webhookb2\/`, String.raw`[\w@/-]{40,300}`),
  placed(
    "zapier-webhook",
    ["hooks.zapier.com"],
    String.raw`hooks\.zapier\.com\/hooks\/catch\/`,
    String.raw`[\w/]{6,80}`,
  ),
  placed(
    "ifttt-key",
    ["maker.ifttt.com"],
    String.raw`maker\.ifttt\.com\/[\w/-]{1,100}\/key\/`,
    String.raw`[\w-]{12,64}`,
  ),
  placed(
    "telegram-url",
    ["api.telegram.org/bot"],
    String.raw`api\.telegram\.org\/bot`,
    String.raw`[\w:-]{30,60}`,
  ),
];

const quoteMarks = String.raw`\\{0,3}["']?`;
const schemes =
  "basic|bearer|token|apikey|digest|splunk|ssws|geniekey|bot|negotiate|hmac|key|oauth|aws4-hmac-sha256";

function schemeKind({ lead, secret }: Told): string | null {
  if (unfilled.test(secret)) return null;
  const scheme = new RegExp(String.raw`\b(${schemes})\s`, "i").exec(lead)?.[1]?.toLowerCase();
  return scheme === "basic" ? "basic-auth" : scheme === "bearer" ? "bearer-token" : "authorization";
}

const headers: readonly Rule[] = [
  {
    ...placed(
      "authorization",
      ["authorization", "Authorization", "AUTHORIZATION"],
      String.raw`authorization${quoteMarks}[ \t]{0,4}[:=,]?[ \t]{0,4}[\[(]?${quoteMarks}(?:(?:${schemes})[ \t]{1,4})(?:(?:token|credential)=)?${quoteMarks}`,
      String.raw`[^\s"'\\]{6,4096}(?:, ?\w{1,40}=[^\s"'\\]{1,512}){0,8}`,
    ),
    told: (told) =>
      /[:=]/.test(told.lead) || /[\d=._-]|[a-z][A-Z]/.test(told.secret) ? schemeKind(told) : null,
  },
  {
    ...placed(
      "authorization",
      ["authorization", "Authorization", "AUTHORIZATION"],
      String.raw`authorization${quoteMarks}[ \t]{0,4}[:=][ \t]{0,4}${quoteMarks}`,
      String.raw`(?!(?:${schemes})\b)[^\s"'\\,;]{8,4096}`,
    ),
    told: ({ secret }) => (/\d/.test(secret) && !unfilled.test(secret) ? "authorization" : null),
  },
  {
    ...placed(
      "bearer-token",
      ["earer", "EARER"],
      String.raw`earer(?:[ \t]|%20|\+){1,4}`,
      String.raw`[\w.~+/=-]{8,4096}`,
    ),
    told: ({ before, secret }) =>
      /b$/i.test(before) && /[\d=._-]|[a-z][A-Z]/.test(secret) ? "bearer-token" : null,
  },
  {
    ...placed(
      "basic-auth",
      ["asic", "ASIC"],
      String.raw`asic[ \t]{1,4}`,
      "[A-Za-z0-9+/]{8,512}={0,2}",
    ),
    told: ({ before, secret }) =>
      /(?:^|[^A-Za-z])b$/i.test(before) && /[\d=]|[a-z][A-Z]/.test(secret) ? "basic-auth" : null,
  },
  placed(
    "cookie",
    ["ookie", "OOKIE"],
    String.raw`ookie${quoteMarks}[ \t]{0,4}[:=][ \t]{0,4}[\[]?${quoteMarks}(?=[\w.%-]{1,64}=)`,
    String.raw`[^\s"'\\]{4,4096}(?: [^\s"'\\=]{1,64}=[^\s"'\\]{0,4096}){0,30}`,
  ),
];

export const placedSecrets: readonly Rule[] = [urlPassword, urlToken, ...webhooks, ...headers];
