/** Whether what a program posted in a channel is an alert that fires: alerting systems post there by themselves. */

/** As they name themselves in Slack, however a team has put words around it. */
const alerting =
  /alertmanager|prometheus|grafana|pagerduty|ops ?genie|datadog|victorops|splunk on-call|new relic|nagios|icinga|zabbix|sensu|dynatrace|checkmk|pingdom|cloudwatch|amazon q|aws chatbot/i;
/** Under whatever name Alertmanager and Grafana post: "[FIRING:2] HighLatency". */
const firing = /\[(?:firing(?::\d+)?|alerting|triggered)\b/i;
/** An end, or what people did with one. */
const noAlert =
  /\b(?:resolved?|recovered|closed?|cleared|acknowledged?|acked|snoozed|muted|silenced|reassigned|escalated|added|joined)\b|\[ok\]/i;
const firstWordsMax = 160;

/** `sender`: the name under which a program posted; absent: a person did. */
export function isAlertPosted({
  sender,
  text,
}: {
  readonly sender?: string;
  readonly text: string;
}): boolean {
  const words = text.trim().slice(0, firstWordsMax);
  if (sender === undefined || words === "") return false;
  return firing.test(words) || (alerting.test(sender) && !noAlert.test(words));
}
