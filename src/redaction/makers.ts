/** Whose key it is, where its name says so. */

const makerNames = (
  "datadog heroku fastly cloudflare railway scaleway linode vultr hetzner ovh ibm okta auth0 keycloak twilio " +
  "postmark mailjet algolia segment mixpanel amplitude optimizely unleash split snowflake confluent upstash redis " +
  "mongodb elastic splunk sumologic loggly logdna rollbar bugsnag opsgenie pagerduty codecov travis drone gitea " +
  "zendesk freshdesk intercom paypal adyen coinbase cohere mistral deepseek wandb together twitch spotify trello " +
  "box zoom jenkins rabbitmq kafka grafana sentry newrelic slack github gitlab stripe openai anthropic telegram " +
  "wireguard vault consul nomad kubernetes etcd airbrake appdynamics statuspage cloudinary shopify notion django rails"
).split(" ");
/** All in one: a name is read once, and not once for each of them. */
const makerName = new RegExp(`(?:^|[^a-z])(${makerNames.join("|")})(?:[^a-z]|$)`);
const makers: readonly (readonly [word: RegExp, kind: string])[] = [
  [/aws.?secret|secret.?access.?key/, "aws-secret-key"],
  [/aws.?session|session.?token/, "aws-session-token"],
  [/azure.?(?:storage|account)|account.?key/, "azure-account-key"],
  [/(?:^|[^a-z])dd.?(?:api|app|application)/, "datadog-secret"],
  [/(?:^|[^a-z])scw/, "scaleway-secret"],
  [/(?:^|[^a-z])pg.?pass/, "postgresql-password"],
  [/mysql.?pw|mysql.{0,8}pass/, "mysql-password"],
];

/** Of a name in lower case, with "_" between its words. */
export function kindByMaker(name: string): string | null {
  const known = makers.find(([word]) => word.test(name))?.[1];
  if (known !== undefined) return known;
  const maker = makerName.exec(name)?.[1];
  return maker === undefined ? null : `${maker}-secret`;
}
