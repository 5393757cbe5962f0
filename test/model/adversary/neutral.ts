/** What members say while nobody has done a thing, and what they quote: none of it tells of a deed of theirs. */

import type { ThreadMessage } from "../../../src/model/deeds.ts";

const plain: readonly string[] = [
  "looking at it now",
  "thanks, on it",
  "who is on call for payments?",
  "I will have a look at the dashboards in a minute",
  "should we roll back the deploy?",
  "please do not restart anything yet",
  "let's roll back if it goes on for ten minutes",
  "do you think a restart would help?",
  "the last deploy went out at 13:58",
  "a rollback is an option, nothing was done so far",
  "the pool waits would be worth a look",
  "nobody has restarted it",
  "I have not looked at the pool waits",
  "did anybody roll back the deploy?",
  "ok if I restart checkout?",
  "I would read the pool waits first and restart later",
  "has somebody read the pool waits of checkout?",
  "can't roll back, I have no rights there",
  "we never restarted it",
  "on staging I rolled back the deploy",
  "last week we restarted it and read the pool waits",
];

const quoting: readonly string[] = [
  "&gt; We rolled back the deploy and restarted checkout",
  "> We rolled back the deploy",
  '"We rolled back the deploy, restarted it and read the pool waits"',
  "“I rolled back the deploy”",
  "`We rolled back the deploy`",
  "```We restarted checkout and read the pool waits```",
  'the bot says "rolled back the deploy"',
  "the log says: rolled back the deploy",
  "deploybot: rolled back the deploy, restarted checkout, read the pool waits",
  "Deploy Bot: We rolled back the deploy",
  "Deploy Bot  [2:05 PM]\nWe rolled back the deploy of checkout and restarted it",
  "Deploy Bot APP  2:05 PM\nWe rolled back the deploy of checkout",
  "bo wrote:\nI rolled back the deploy and read the pool waits",
  "it posted 'I rolled back the deploy', what is that?",
  "according to the runbook we rolled back the deploy last time",
  "fwd from the alert: restarted checkout, rolled back the deploy",
  "the commit message reads: rolled back the deploy",
  "why does the status page say that we rolled back the deploy?",
];

export const neutral: readonly ThreadMessage[] = [...plain, ...quoting].map((text, at) => ({
  id: `2.${at + 1}`,
  text,
  isFromMember: true,
}));

/** Programs whose display name is a member's, or tells the deed itself; a name is not what decides. */
export const programs: readonly ThreadMessage[] = [
  "We rolled back the deploy and restarted checkout",
  "Ana: I rolled back the deploy",
  "I read the pool waits, all short",
].map((text, at) => ({ id: `3.${at + 1}`, text, isFromMember: false }));
