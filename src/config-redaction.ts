/** Which addresses of people and machines are struck out beside secrets, by where a text goes. */

import type { Asking } from "./config-values.ts";
import type { Addresses } from "./redaction/redact.ts";

/**
 * Slack is the team's own, and an incident is often about an address; what a model is sent goes to others, who lose
 * nothing by a numbered placeholder.
 */
const usual = { REDACT_SLACK: "none", REDACT_MODEL: "emails,ips" } as const;

/** `none`, or a comma list of `emails` and `ips`. */
export function addressesOf({ value, problem }: Asking, name: keyof typeof usual): Addresses {
  const text = (value(name) ?? usual[name]).toLowerCase();
  const named = text === "none" ? [] : text.split(",").map((each) => each.trim());
  if (!named.every((each) => each === "emails" || each === "ips")) {
    problem(name, `must be none, emails, ips, or emails,ips; it is "${text}".`);
  }
  return { emails: named.includes("emails"), ips: named.includes("ips") };
}
