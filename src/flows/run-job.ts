/** A job that a flow asked for earlier: which flow does it, and what is said when it cannot be done. */

import { foldIncident } from "../incident/fold.ts";
import { refusal } from "../message/refusals.ts";
import type { Change, Effect, Job, NewEntry, Place } from "./change.ts";
import { applyRules } from "./apply-rules.ts";
import { askCause } from "./ask-cause.ts";
import { askOfIncident, giveUpAsking } from "./ask-of-incident.ts";
import { answerAlert, giveUpAnswer } from "./answer-alert.ts";
import { answerCommand } from "./answer-command-question.ts";
import { answerMention } from "./answer-mention.ts";
import { answerPutQuestion, giveUpQuestion } from "./answer-put-question.ts";
import { askQuiet } from "./ask-quiet.ts";
import { hearNews } from "./hear-news.ts";
import { exportPostmortem } from "./export-postmortem.ts";
import { issueChanged, lookAtIssues } from "./look-at-issues.ts";
import { investigate } from "./investigate.ts";
import { giveUpOpening, openAlertChannel } from "./open-alert-channel.ts";
import { mirrorAction } from "./mirror-action.ts";
import { onward } from "./plan-readings.ts";
import { readAgain } from "./read-again.ts";
import { readChanges } from "./read-at-once.ts";
import type { World } from "./ports.ts";
import type { IssueJob } from "./postmortem-ports.ts";
import { readHistory } from "./read-history.ts";
import { remindOfAction } from "./remind-of-action.ts";
import { remindOfUpdate } from "./remind-of-update.ts";
import { reply } from "./reply.ts";
import { about, settle } from "./settle.ts";
import { readFiles } from "./shared-files.ts";
import { livingEffect, livingKey, message, withEntries } from "./show-incident.ts";
import { sendDigest } from "./send-digest.ts";
import { refuse } from "./tell.ts";
import { weighHistory } from "./weigh-history.ts";

export async function runJob(world: World, id: string, job: Job): Promise<void> {
  if (isAside(job)) return besides(world, id, job);
  if (isAboutIssues(job)) return keepIssues(world, id, job);
  switch (job.kind) {
    case "investigate":
      return investigate(world, { ...job, handled: [id] });
    case "read-again":
      return (await wasRead(world, job))
        ? readAgain(world, { ...job, handled: [id] })
        : investigate(world, { ...job, handled: [id], asked: null });
    case "ask-cause":
      return askCause(world, { ...job, handled: [id] });
    case "export-postmortem":
      return exportPostmortem(world, { ...job, job: id });
    case "answer-mention":
      return answerMention(world, { ...job, job: id });
    case "answer-command":
      return answerCommand(world, { ...job, job: id });
    case "send-digest":
      return sendDigest(world, { ...job, job: id });
    case "read-files":
      return readFiles(world, { ...job, job: id });
    case "read-changes":
      return readChanges(world, { ...job, job: id });
    case "apply-rules":
      return applyRules(world, { ...job, job: id });
    case "hear-news":
      return hearNews(world, { ...job, job: id });
    case "open-channel":
      return openAlertChannel(world, { ...job, job: id });
    case "answer-alert":
      return answerAlert(world, { ...job, job: id });
    case "ask-quiet":
      return askQuiet(world, { ...job, handled: [id] });
    case "read-history":
      return readHistory(world, id, job);
    case "weigh-history":
      return weighHistory(world, id, job);
  }
}

function isAboutIssues(job: Job): job is IssueJob {
  const { kind } = job;
  return kind === "mirror-action" || kind === "issue-changed" || kind === "look-at-issues";
}

function keepIssues(world: World, id: string, job: IssueJob): Promise<void> {
  switch (job.kind) {
    case "mirror-action":
      return mirrorAction(world, { ...job, job: id, read: null });
    case "issue-changed":
      return issueChanged(world, { ...job, job: id });
    case "look-at-issues":
      return lookAtIssues(world, id);
  }
}

/** Beside what the incidents' own jobs do. */
type AsideJob = Extract<
  Job,
  { kind: "ask-model" | "answer-question" | "remind-action" | "remind-update" }
>;

function isAside(job: Job): job is AsideJob {
  return ["ask-model", "answer-question", "remind-action", "remind-update"].includes(job.kind);
}

function besides(world: World, id: string, job: AsideJob): Promise<void> {
  switch (job.kind) {
    case "ask-model":
      return askOfIncident(world, { ...job, job: id });
    case "answer-question":
      return answerPutQuestion(world, { ...job, job: id });
    case "remind-action":
      return remindOfAction(world, { ...job, job: id });
    case "remind-update":
      return remindOfUpdate(world, { ...job, job: id });
  }
}

/** False where its first reading failed, which the next one makes good. */
async function wasRead(world: World, { incident }: Reading): Promise<boolean> {
  const stored = await world.store.incident(world.workspace, incident);
  return stored !== null && foldIncident(stored.entries).evidence !== null;
}

type Reading = Extract<Job, { kind: "investigate" | "read-again" }>;

/** Every question gets an end state: after the last try that makes sense people are told. */
export async function giveUp(world: World, id: string, job: Job): Promise<void> {
  switch (job.kind) {
    case "export-postmortem":
    case "answer-command":
      return refuse(world, { ...job, job: id }, { reason: "failed" });
    case "mirror-action":
      return job.asked === null
        ? undefined
        : refuse(world, { ...job.asked, job: id }, { reason: "failed" });
    case "answer-mention":
    case "read-files":
      return reply(world, { ...job, job: id }, refusal({ reason: "failed" }));
    case "answer-question":
      return giveUpQuestion(world, { ...job, job: id });
    case "ask-model":
      return giveUpAsking(world, { ...job, job: id });
    case "open-channel":
      return giveUpOpening(world, { ...job, job: id });
    case "answer-alert":
      return giveUpAnswer(world, { ...job, job: id });
    // Nobody waits for these: the next planned reading sees the changes, the next look the issues, the living message that the alerts are clear; what was told is told again.
    case "ask-cause":
    case "read-changes":
    case "hear-news":
    case "apply-rules":
    case "ask-quiet":
    case "remind-update":
    case "remind-action":
    case "send-digest":
    case "read-history":
    case "weigh-history":
    case "issue-changed":
    case "look-at-issues":
      return;
    case "investigate":
    case "read-again":
      return giveUpReading(world, id, job);
  }
}

async function giveUpReading(world: World, id: string, job: Reading): Promise<void> {
  await settle(world, job.incident, (current): Change => {
    const { evidence, state } = current.incident;
    // A question about what has been read already is answered in its thread, and changes nothing else.
    const isReading = state === "open" && (job.kind === "read-again" || evidence === null);
    const fact = { kind: "reading-failed" } as const;
    const entry: NewEntry = { actor: world.botUser, source: "bot", at: world.now(), fact };
    const slot = job.kind === "read-again" ? job.slot : undefined;
    const next = onward(world, current, "open", slot);
    const entries = isReading ? [entry, ...next.entries] : [];
    const shown = withEntries(current, entries);
    return {
      workspace: world.workspace,
      handled: [id],
      about: about(current),
      entries,
      effects: [
        ...(isReading ? [livingEffect(world, shown)] : []),
        ...answersTo(world, id, job, isReading),
      ],
      jobs: isReading ? next.jobs : [],
    };
  });
}

/** Whoever asked is told where they asked; what the living message says needs no answer beside it. */
function answersTo(world: World, id: string, job: Reading, isShown: boolean): Effect[] {
  if (job.kind === "read-again" || (job.asked === null && isShown)) return [];
  const { channel, incident, asked } = job;
  const of = asked === null ? { key: livingKey(incident) } : { ts: asked.threadTs };
  const place: Place = { in: "thread", of };
  return [
    message(
      world,
      { channel, key: `failed:${id}`, place, as: "answer" },
      refusal({ reason: "failed" }),
    ),
  ];
}
