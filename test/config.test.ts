import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig, variables, type Config } from "../src/config.ts";
import { usualTemplate } from "../src/postmortem/template.ts";
import type { Environment } from "../src/config-values.ts";

const none = {
  read: (path: string): string => {
    throw new Error(`no file ${path}`);
  },
  has: (_path: string): boolean => false,
};
const slack = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s" };

function accepted(env: Environment, files = none): Config {
  const reading = readConfig(env, files);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.config;
}

/** The problems as "VARIABLE mend". */
function problems(env: Environment, files = none): string[] {
  const reading = readConfig(env, files);
  assert.ok(!reading.ok, "it was accepted");
  return reading.problems.map(({ variable, mend }) => `${variable} ${mend}`);
}

describe("with nothing set", () => {
  test("the local workspace runs on loopback, with the embedded database and no source", () => {
    assert.deepEqual(accepted({}), {
      port: 3000,
      host: "127.0.0.1",
      publicUrl: null,
      databaseUrl: null,
      migrationUrl: null,
      dataFolder: ".hindsight",
      slack: { mode: "local" },
      slackApiUrl: null,
      github: null,
      githubApiUrl: null,
      prometheis: [],
      lokis: [],
      sourceUrls: [],
      runbookOrigins: [],
      model: null,
      hooks: {},
      alerts: { channel: "#alerts", declares: null, quietMs: 1_800_000 },
      postmortems: { template: usualTemplate, repo: null, folder: "postmortems/", hook: null },
      ownsLifecycle: true,
      catalog: null,
      pagerduty: null,
      digest: { channel: null, cron: "0 9 * * 1", zone: "UTC" },
      playbookFolder: null,
      incidentChannels: /^inc(ident)?-/u,
      keepsMessagesDays: 30,
      addressesInSlack: { emails: false, ips: false },
      logLevel: "info",
    });
  });

  test("an empty or blank value is as good as none", () => {
    const blank = Object.fromEntries(variables.map((name, index) => [name, " ".repeat(index % 2)]));
    assert.deepEqual(accepted(blank), accepted({}));
  });
});

describe("every variable is read", () => {
  const read: Readonly<
    Record<(typeof variables)[number], readonly [string, (config: Config) => unknown, unknown?]>
  > = {
    PORT: ["8080", ({ port }) => String(port)],
    HOST: ["127.0.0.2", ({ host }) => host],
    PUBLIC_URL: ["https://bot.example.org", ({ publicUrl }) => publicUrl],
    DATABASE_URL: ["postgres://u:p@db/h", ({ databaseUrl }) => databaseUrl],
    DATABASE_MIGRATION_URL: ["postgresql://u:p@db/h", ({ migrationUrl }) => migrationUrl],
    HINDSIGHT_DATA: ["/var/lib/h", ({ dataFolder }) => dataFolder],
    SLACK_BOT_TOKEN: ["xoxb-2", ({ slack: s }) => s.mode !== "local" && s.botToken],
    SLACK_SIGNING_SECRET: ["t", ({ slack: s }) => s.mode === "http" && s.signingSecret],
    SLACK_APP_TOKEN: ["xapp-1", ({ slack: s }) => s.mode === "socket" && s.appToken],
    SLACK_API_URL: ["https://slack.test/api/", ({ slackApiUrl }) => slackApiUrl],
    GITHUB_TOKEN: ["ghp_1", ({ github }) => github !== null && "token" in github && github.token],
    GITHUB_APP_ID: ["7", ({ github }) => github !== null && "appId" in github && github.appId],
    GITHUB_APP_PRIVATE_KEY: [
      "-----BEGIN PRIVATE KEY-----",
      ({ github }) => github !== null && "appId" in github && github.privateKey,
    ],
    GITHUB_API_URL: ["https://ghe.test/api/v3", ({ githubApiUrl }) => githubApiUrl],
    PROMETHEUS_URL: ["http://prom:9090", ({ prometheis }) => prometheis[0]?.url],
    HOOK_TOKEN_GENERIC: ["g", ({ hooks }) => hooks.generic],
    HOOK_TOKEN_LAUNCHDARKLY: ["l", ({ hooks }) => hooks.launchdarkly],
    HOOK_TOKEN_UNLEASH: ["u", ({ hooks }) => hooks.unleash],
    HOOK_TOKEN_FLAGSMITH: ["f", ({ hooks }) => hooks.flagsmith],
    HOOK_TOKEN_ALERTMANAGER: ["a", ({ hooks }) => hooks.alertmanager],
    HOOK_TOKEN_GRAFANA: ["g", ({ hooks }) => hooks.grafana],
    PAGERDUTY_WEBHOOK_SECRETS: ["one,two", ({ hooks }) => hooks.pagerduty?.join(",")],
    GITHUB_WEBHOOK_SECRET: ["h", ({ hooks }) => hooks.github],
    ALERT_CHANNEL: ["#pages", ({ alerts }) => alerts.channel],
    AUTO_DECLARE: ["sev2", ({ alerts }) => `sev${alerts.declares}`],
    POSTMORTEM_TEMPLATE: ["t", ({ postmortems: p }) => (p.template === usualTemplate ? "" : "t")],
    POSTMORTEM_REPO: ["acme/pm", ({ postmortems }) => postmortems.repo],
    POSTMORTEM_PATH: ["docs/pm/", ({ postmortems }) => postmortems.folder],
    OUTGOING_HOOK_URL: ["https://hook.test/in", ({ postmortems }) => postmortems.hook?.url],
    OUTGOING_HOOK_SECRET: ["s3", ({ postmortems }) => postmortems.hook?.secret],
    QUIET_AFTER: ["90s", ({ alerts }) => `${alerts.quietMs / 1000}s`],
    LIFECYCLE: ["companion", (config) => (config.ownsLifecycle ? "own" : "companion")],
    DIGEST_CHANNEL: ["#incidents", ({ digest }) => digest.channel],
    DIGEST_CRON: ["0 8 * * 2", ({ digest }) => digest.cron],
    DIGEST_TIMEZONE: ["Europe/Berlin", ({ digest }) => digest.zone],
    LOKI_URL: ["http://loki:3100", ({ lokis }) => lokis[0]?.url],
    SOURCE_URLS: ["http://adapter:9100", (config) => config.sourceUrls[0]],
    RUNBOOK_ORIGINS: ["https://wiki.test", (config) => config.runbookOrigins.join(",")],
    OPENAI_API_KEY: ["sk-1", ({ model }) => model?.apiKey],
    OPENAI_BASE_URL: ["http://127.0.0.1:11434/v1", ({ model }) => model?.baseUrl],
    OPENAI_MODEL: ["llama3.2", ({ model }) => model?.model],
    MODEL_TOKENS_MAX_INCIDENT: ["7000", ({ model }) => String(model?.tokensMaxIncident)],
    MODEL_TOKENS_MAX_DAY: ["8000", ({ model }) => String(model?.tokensMaxDay)],
    MODEL_PRICE_IN: ["0.5", ({ model }) => String(model?.prices?.in)],
    MODEL_PRICE_OUT: ["1.5", ({ model }) => String(model?.prices?.out)],
    MODEL_TOOLS: ["no", ({ model }) => (model?.takesTools === false ? "no" : "yes")],
    MODEL_JSON: ["no", ({ model }) => (model?.takesJson === false ? "no" : "yes")],
    MODEL_COST_MAX_INCIDENT: ["0.75", ({ model }) => String(model?.costMaxIncident)],
    MODEL_COST_MAX_DAY: ["12", ({ model }) => String(model?.costMaxDay)],
    CATALOG: ["catalog/", ({ catalog }) => catalog],
    PAGERDUTY_TOKEN: ["p", ({ pagerduty }) => pagerduty?.token],
    PAGERDUTY_API_URL: ["https://eu.test", ({ pagerduty: of }) => of?.apiUrl],
    PLAYBOOK: ["steps/", ({ playbookFolder }) => playbookFolder],
    INCIDENT_CHANNELS: ["^sev", ({ incidentChannels }) => incidentChannels.source],
    RETENTION_DAYS_MESSAGES: ["7", ({ keepsMessagesDays }) => String(keepsMessagesDays)],
    REDACT_SLACK: ["emails,ips", (config) => addressesIn(config.addressesInSlack)],
    REDACT_MODEL: ["ips", ({ model }) => addressesIn(model?.addresses ?? {})],
    LOG_LEVEL: ["debug", ({ logLevel }) => logLevel],
  };
  const partners: Environment = {
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_SIGNING_SECRET: "s",
    GITHUB_APP_ID: "1",
    GITHUB_APP_PRIVATE_KEY: "PRIVATE KEY",
    PAGERDUTY_TOKEN: "p",
    OUTGOING_HOOK_URL: "https://hook.test",
    OUTGOING_HOOK_SECRET: "s",
    OPENAI_API_KEY: "k",
    OPENAI_MODEL: "m",
    MODEL_PRICE_IN: "1",
    MODEL_PRICE_OUT: "1",
  };
  const beside = (name: string): Environment =>
    Object.fromEntries(
      Object.entries(partners).filter(
        ([each]) =>
          each.slice(0, 6) === name.slice(0, 6) ||
          (/^(MODEL_|REDACT_MODEL)/.test(name) && each.startsWith("OPENAI_")),
      ),
    );
  for (const name of variables) {
    const [value, look] = read[name];
    test(name, () => {
      const others = name === "SLACK_API_URL" || name === "GITHUB_API_URL" ? {} : beside(name);
      const none = { read: () => "", has: () => false };
      assert.equal(look(accepted({ ...others, [name]: value }, none)), value);
      const files = { ...none, read: (path: string) => (path === "/run/it" ? `${value}\n` : "") };
      const { [name]: _direct, ...rest } = others;
      assert.equal(look(accepted({ ...rest, [`${name}_FILE`]: "/run/it" }, files)), value);
    });
  }

  test("a word of AUTO_DECLARE that is none, and an empty secret, are named", () => {
    assert.deepEqual(problems({ AUTO_DECLARE: "critical", PAGERDUTY_WEBHOOK_SECRETS: "a,,b" }), [
      "PAGERDUTY_WEBHOOK_SECRETS must be secrets parted by commas, none of them empty.",
      'AUTO_DECLARE must be off, sev1, sev2, sev3 or sev4; it is "critical".',
    ]);
    assert.equal(accepted({ AUTO_DECLARE: "off" }).alerts.declares, null);
    assert.deepEqual(problems({ LIFECYCLE: "other" }), [
      'LIFECYCLE must be own, or companion where another tool runs the incidents; it is "other".',
    ]);
    assert.equal(accepted({}).ownsLifecycle, true);
    assert.equal(accepted(slack).alerts.channel, null, "Slack has no channel by itself");
  });

  test("a time is a number and a unit, from a second to a day", () => {
    assert.equal(accepted({ QUIET_AFTER: "2h" }).alerts.quietMs, 7_200_000);
    for (const odd of ["30", "0s", "25h", "-5m", "1h30m", "soon", "9999999999s"]) {
      const [said] = problems({ QUIET_AFTER: odd });
      assert.equal(
        said,
        `QUIET_AFTER must be a time from 1s to 24h such as 90s, 30m or 2h; it is "${odd}".`,
      );
    }
  });

  test("a file beside a value, and a file that cannot be read, are named", () => {
    const files = { ...none, read: () => "https://a.test" };
    const both = { PUBLIC_URL: "https://b.test", PUBLIC_URL_FILE: "/run/it" };
    assert.deepEqual(problems(both, files), [
      "PUBLIC_URL is set and so is PUBLIC_URL_FILE. Keep one of them.",
    ]);
    assert.deepEqual(problems({ PUBLIC_URL_FILE: "/run/nowhere" }), [
      "PUBLIC_URL_FILE names /run/nowhere, which cannot be read.",
    ]);
  });

  test("what this version does not read yet is told", () => {
    const reading = readConfig({ SHADOW_CHANNEL: "#s", HOOK_TOKEN_PAGER: "p", PATH: "/bin" }, none);
    assert.deepEqual(reading.ok && reading.notices, [
      "SHADOW_CHANNEL is set, but this version does not read it yet.",
      "HOOK_TOKEN_PAGER is set, but this version does not read it yet.",
    ]);
  });
});

describe("a value that makes no sense stops the start, naming the variable and the mend", () => {
  const wrong: readonly (readonly [Environment, RegExp])[] = [
    [{ PORT: "eighty" }, /^PORT must be a number from 0 to 65535; it is "eighty"/],
    [{ PORT: "65536" }, /^PORT /],
    [{ PORT: "-1" }, /^PORT /],
    [
      { PUBLIC_URL: "bot.example.org" },
      /^PUBLIC_URL must be a URL that starts with http:\/\/ or https:/,
    ],
    [{ DATABASE_URL: "mysql://db/h" }, /^DATABASE_URL .*postgres:\/\//],
    [{ DATABASE_MIGRATION_URL: "db" }, /^DATABASE_MIGRATION_URL .*postgres:\/\//],
    [{ SLACK_API_URL: "https://slack.com/api" }, /^SLACK_API_URL must end in \/api\//],
    [{ GITHUB_API_URL: "ghe" }, /^GITHUB_API_URL /],
    [{ GITHUB_APP_ID: "7" }, /^GITHUB_APP_PRIVATE_KEY .*GITHUB_APP_PRIVATE_KEY_FILE/],
    [{ GITHUB_APP_PRIVATE_KEY: "PRIVATE KEY" }, /^GITHUB_APP_ID must be the app's number/],
    [{ GITHUB_APP_ID: "my-app", GITHUB_APP_PRIVATE_KEY: "PRIVATE KEY" }, /^GITHUB_APP_ID /],
    [{ PROMETHEUS_URL: "prom:9090" }, /^PROMETHEUS_URL must be a URL/],
    [{ PROMETHEUS_URL_EU: "prom" }, /^PROMETHEUS_URL_EU must be a URL/],
    [
      { PROMETHEUS_URL: "http://p", PROMETHEUS_URL_HEADERS: "X-Scope" },
      /^PROMETHEUS_URL_HEADERS must look like/,
    ],
    [
      { PROMETHEUS_URL_EU_BEARER_TOKEN: "t" },
      /^PROMETHEUS_URL_EU_BEARER_TOKEN .*PROMETHEUS_URL_EU is not/,
    ],
    [{ LOKI_URL_EU: "loki" }, /^LOKI_URL_EU must be a URL/],
    [{ SOURCE_URLS: "http://a:1/, adapter:9100" }, /^SOURCE_URLS must look like "http:/],
    [{ REDACT_SLACK: "emails,names" }, /^REDACT_SLACK must be none, emails, ips, or emails,ips/],
    [{ REDACT_MODEL: "no" }, /^REDACT_MODEL must be none/],
    [{ RUNBOOK_ORIGINS: "https://wiki.test/books" }, /^RUNBOOK_ORIGINS must look like "https:/],
    [{ LOKI_URL_EU_PASSWORD: "p" }, /^LOKI_URL_EU_PASSWORD .*LOKI_URL_EU is not/],
    [{ INCIDENT_CHANNELS: "(" }, /^INCIDENT_CHANNELS must be a regular expression.*"\("/],
    [
      { SLACK_BOT_TOKEN: "xoxb-1" },
      /^SLACK_SIGNING_SECRET is not set, but SLACK_BOT_TOKEN is.*SLACK_APP_TOKEN/,
    ],
    [{ SLACK_SIGNING_SECRET: "s" }, /^SLACK_BOT_TOKEN is not set, but SLACK_SIGNING_SECRET is/],
    [{ SLACK_APP_TOKEN: "xapp-1" }, /^SLACK_BOT_TOKEN is not set, but SLACK_APP_TOKEN is/],
    [{ SLACK_CLIENT_ID: "1" }, /^SLACK_BOT_TOKEN is not set, but SLACK_CLIENT_ID is/],
    [{ ...slack, SLACK_BOT_TOKEN: "xoxp-1" }, /^SLACK_BOT_TOKEN must start with xoxb-/],
    [
      { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "app" },
      /^SLACK_APP_TOKEN must start with xapp-/,
    ],
    [
      { HOST: "0.0.0.0" },
      /^HOST is "0\.0\.0\.0", but the local workspace .*Unset HOST, or connect Slack/,
    ],
    [{ HOST: "hindsight.example.org" }, /^HOST /],
  ];
  for (const [env, expected] of wrong) {
    test(JSON.stringify(env), () => {
      const [only, ...others] = problems(env);
      assert.match(only ?? "", expected);
      assert.deepEqual(others, []);
    });
  }

  test("all problems are told at once, and no secret with them", () => {
    const env = {
      ...slack,
      SLACK_BOT_TOKEN: "secret-1",
      DATABASE_URL: "mysql://u:secret-2@db",
      PORT: "x",
    };
    const told = problems(env);
    assert.equal(told.length, 3);
    assert.ok(!told.join().includes("secret-"));
  });
});

describe("Slack", () => {
  test("over HTTP listens on every address, unless told otherwise", () => {
    assert.equal(accepted(slack).host, "0.0.0.0");
    assert.equal(accepted({ ...slack, HOST: "10.0.0.1" }).host, "10.0.0.1");
  });

  test("over a socket where there is an app token, also beside a signing secret", () => {
    const { mode } = accepted({ ...slack, SLACK_APP_TOKEN: "xapp-1" }).slack;
    assert.equal(mode, "socket");
  });

  test("stays local where only its API's address is set, on any loopback address", () => {
    const env = { SLACK_API_URL: "http://127.0.0.1:3000/local/api/" };
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1"]) {
      const config = accepted({ ...env, HOST: host });
      assert.deepEqual([config.slack.mode, config.host], ["local", host]);
    }
    assert.equal(accepted({ HOST: "[::1]" }).host, "::1");
  });
});

function addressesIn({ emails, ips }: Config["addressesInSlack"]): string {
  return [...(emails === true ? ["emails"] : []), ...(ips === true ? ["ips"] : [])].join(",");
}
