/** Every kind of message, with the same text from outside in every place that takes one. */

import { newGroup, type AlertGroup } from "../../src/alert/group.ts";
import type { Diagnosis } from "../../src/evidence/diagnosis.ts";
import { boardOf } from "../../src/incident/board.ts";
import { foldIncident } from "../../src/incident/fold.ts";
import { livenessUnknown, whatChanged } from "../../src/message/answers-changes.ts";
import {
  nothingShifted,
  nowFirst,
  outsideIncident,
  sourcesSilent,
  whyThisOrder,
} from "../../src/message/answers.ts";
import { alertMessage, firingAgain, incidentOpened } from "../../src/message/alert-message.ts";
import {
  boardAnswer,
  leadAnswer,
  noSuchSeries,
  seriesAnswer,
  servicesAnswer,
  similarAnswer,
} from "../../src/message/answers-asked.ts";
import { filesUnread, hiddenRules, leftOutSteps } from "../../src/message/asides.ts";
import type { MessageBody } from "../../src/message/body.ts";
import { causeQuestion } from "../../src/message/cause-question.ts";
import { catchUp } from "../../src/message/catch-up.ts";
import { deedDone, resolveChoice } from "../../src/message/deed-asked.ts";
import { quietQuestion, resolvedQuestion, takenAsFixed } from "../../src/message/end.ts";
import { handover } from "../../src/message/handover.ts";
import { livingMessage } from "../../src/message/living-message.ts";
import { missedMentions } from "../../src/message/missed-mentions.ts";
import { fellMessage } from "../../src/message/model-words.ts";
import { notUnderstood } from "../../src/message/not-understood.ts";
import { observedQuestion } from "../../src/message/observed-question.ts";
import { pointerQuestion } from "../../src/message/pointer-question.ts";
import { refusal } from "../../src/message/refusals.ts";
import { rulesMessage } from "../../src/message/rules.ts";
import { stepsMessage } from "../../src/message/steps-message.ts";
import { suspicion } from "../../src/message/suspected.ts";
import { tryMessage } from "../../src/message/try-message.ts";
import { unseenIncident } from "../../src/message/unseen-incident.ts";
import { updateMessage, updateOverdue } from "../../src/message/update.ts";
import {
  at,
  checkoutP99,
  declared,
  evidenceRead,
  nothing,
  timeline,
} from "../incident/timeline.ts";
import { someService } from "../edges/some-service.ts";
import { hostileActions } from "./hostile-actions.ts";
import { links, modelUse, rollBack, variantsOf } from "./incident.ts";

/** The people who clicked in them are UANA and UBO. */
export function everyMessage(text: string): Readonly<Record<string, MessageBody>> {
  const diagnosis: Diagnosis = {
    ...nothing,
    metrics: [{ ...checkoutP99, service: text, name: text, callee: text }],
    scope: { everywhere: false, labels: { route: text, [text]: text }, share: 0.9 },
    findings: Array.from({ length: 9 }, () => ({ text, cites: ["metric:0", "change:x"] as const })),
    examined: [text, text],
    leftOut: [text],
  };
  const step = {
    ...rollBack,
    title: text,
    why: { text, cites: ["metric:0"] as const },
    how: { command: text, undo: text, isFilled: true },
    expect: text,
    tellsApart: text,
    service: text,
  };
  const gaps = [{ source: text, reason: text }];
  const past = { times: 3, last: { name: text, fixedBy: { title: text, minutes: 6 } } };
  const told = { title: text, service: text, link: text };
  const group: AlertGroup = {
    ...newGroup("6f0b8c1e", "alertmanager"),
    alerts: [{ fingerprint: text, firedAt: 1, clearedAt: null, severity: 2, ...told }],
    occurrences: [{ at: 1, incident: null, past }],
    carried: { count: 2, titles: [text, text] },
  };
  const incident = foldIncident(
    timeline(
      declared(text),
      { kind: "lead-set", lead: "UANA" },
      { kind: "told", teller: "generic", of: null, isOwner: false, says: { lead: { name: text } } },
      { kind: "merged", by: "UANA", from: { id: "inc_7", name: text, channel: "C7" } },
      { kind: "alert-fired", alert: { group: text, ...told, firing: 1, past } },
      { kind: "suggested", list: 1, suggestions: ["sug_1"] },
      evidenceRead(diagnosis, { gaps, service: text }),
      { kind: "claimed", suggestion: "sug_1", stepId: step.stepId, by: "UBO" },
      {
        kind: "outcome",
        suggestion: "sug_1",
        stepId: step.stepId,
        label: "helped",
        by: "UANA",
        note: text,
      },
    ),
  );
  const board = boardOf(incident, [step]);
  const change = { id: text, kind: "deploy", at: nothing.onset, title: text, url: text } as const;
  const changes = {
    service: text,
    hours: 6,
    onset: null,
    changes: [change, { ...change, kind: "commit", service: `${text} too` }],
    environment: null,
    kinds: [],
    sources: [text],
    links,
  } as const;
  const claim = { by: text, at: at("14:06"), against: { text, since: at("14:01") } } as const;
  const openClaims = [
    { ...claim, about: { kind: "service", service: text } },
    { ...claim, about: { kind: "thing", thing: "dns" } },
  ] as const;
  const deed = { suggestion: "sug_1", title: text, by: "UBO", at: at("14:18") } as const;
  const same = { isSameService: true, isSameSymptom: true, isSameCause: null, cause: null };
  const seen = { name: text, agoMs: 1e9, ...same, mentions: [text] };
  return {
    ...hostileActions(text),
    living: livingMessage({
      openClaims,
      id: "inc_42",
      name: text,
      incident,
      board,
      suggestions: [step],
      modelUse,
      seenBefore: [{ ...seen, fixedBy: { title: text, minutes: 6 } }],
      chart: { url: text, alt: text },
      ownsLifecycle: true,
      links: { ...links, cite: () => `https://hindsight.example/${text}`, page: text },
    }),
    steps: stepsMessage({
      id: "inc_42",
      list: 1,
      suggestions: [...variantsOf(step, text), { ...step, id: "sug_9", origin: "new-from-model" }],
      incident,
      isExpanded: true,
      ownsLifecycle: true,
      hiddenByRule: 1,
      leftOutAsDone: 1,
      isLeftOutKnown: true,
      unread: gaps,
      fell: [{ text, because: text }],
      openClaims,
      backSince: at("14:21"),
      links,
    }),
    fell: fellMessage([{ text, because: text }]),
    try: tryMessage({
      incident: "inc_42",
      suggestion: step,
      by: "UBO",
      readings: [{ at: at("14:20"), metric: text, value: text }],
      backSince: at("14:21"),
      isAsking: true,
      credit: null,
      nextReadAt: null,
      deeds: [deed],
      selfHealed: null,
      outcomes: incident.outcomes,
    }),
    end: resolvedQuestion({
      incident: "inc_42",
      name: text,
      over: { lastedMs: 1 },
      deeds: [deed],
      selfHealed: null,
      answered: { steps: [], credit: { by: "UBO", credit: "something-else" } },
      unlisted: [{ stepId: "restart-service", title: text }],
    }),
    fixed: takenAsFixed(text),
    pointer: pointerQuestion({
      fix: step,
      by: "UBO",
      checks: [{ id: "sug_2", title: text }],
      answers: [{ by: "UANA", pointer: "check", title: text }],
    }),
    observed: observedQuestion(
      {
        suggestion: "sug_1",
        change: text,
        words: text,
        at: at("14:18"),
        answers: [{ answer: "me", by: "UBO" }],
      },
      step,
    ),
    cause: causeQuestion({
      incident: "inc_42",
      name: text,
      title: text,
      answered: { by: "UBO", cause: "human-error" },
    }),
    catchUp: catchUp({ name: text, incident, board, now: at("14:30"), nextUpdateAt: null, links }),
    changed: whatChanged({ ...changes, gaps, leftOut: [text], oncall: text }),
    liveness: livenessUnknown({ id: text, mergedAt: at("13:58") }),
    nothing: nothingShifted({
      service: text,
      dependencies: 2,
      since: at("13:50"),
      changes,
      gaps,
      leftOut: [text],
      checks: [{ title: text }],
      offer: { title: text, resolved: text },
    }),
    silent: sourcesSilent({ service: text, isUnmeasured: true, gaps, leftOut: [text], changes }),
    outside: outsideIncident({
      service: text,
      diagnosis,
      gaps,
      backSince: at("14:21"),
      offer: { title: text, resolved: text },
      links,
    }),
    alert: alertMessage({
      group: { ...group, place: { kind: "thread" } },
      channel: null,
      isRefused: true,
      hosts: links.hosts,
    }),
    alertInIncident: alertMessage({ group, channel: text, isRefused: false, hosts: links.hosts }),
    incidentOpened: incidentOpened({ title: text, service: text, channel: text, oncall: text }),
    firingAgain: firingAgain({ title: text, since: at("14:40") }),
    quiet: quietQuestion({
      incident: "inc_42",
      clearSince: at("14:21"),
      quietSince: at("14:30"),
      stillOn: { by: text, askedAgainAt: at("15:00") },
    }),
    board: boardAnswer(text, board),
    lead: leadAnswer(text, incident),
    similar: similarAnswer(text, [{ ...seen, fixedBy: { title: text, minutes: 6 } }], true),
    services: servicesAnswer({
      catalog: { teams: [], services: [someService(text, { owner: text, dependsOn: [text] })] },
      found: gaps,
      trouble: text,
      onCall: new Map([[text, text]]),
    }),
    series: seriesAnswer({
      metric: { ...checkoutP99, service: text, name: text, callee: text },
      hasShifted: true,
      url: text,
      hosts: [],
    }),
    noSeries: noSuchSeries(text, [text], gaps),
    deed: deedDone(text, { kind: "muted", by: "UANA" }),
    choice: resolveChoice("inc_42", text),
    handover: handover({
      name: text,
      incident,
      board,
      now: at("14:30"),
      nextUpdateAt: null,
      links,
      from: "UBO",
      to: "UANA",
      nextStep: text,
    }),
    update: updateMessage({
      name: text,
      severity: 2,
      by: "UANA",
      known: text,
      impact: text,
      nextAt: at("15:00"),
    }),
    overdue: updateOverdue(text, at("15:00")),
    suspected: suspicion({
      suspected: { name: text, isOf: () => true },
      series: [],
      diagnosis,
      gaps,
      links,
    }),
    unread: suspicion({
      suspected: { name: text, isOf: () => false },
      series: [],
      diagnosis,
      gaps,
      links,
    }),
    given: rulesMessage([{ id: "rul_1", forbid: [text], because: text, by: text }]),
    nowFirst: nowFirst(text, text),
    why: whyThisOrder([step]),
    leftOut: leftOutSteps([
      { title: text, said: [{ by: text, at: nothing.onset, label: "no_effect" }] },
    ]),
    rules: hiddenRules([{ title: text, constraint: { because: text, by: text, until: text } }]),
    files: filesUnread([{ name: text, because: "not-text" }]),
    refusal: refusal({ reason: "unknown-command", text }),
    unclear: notUnderstood(text),
    missed: missedMentions([{ by: "UANA", at: at("14:08") }]),
    unseen: unseenIncident({ id: text, channel: text }),
    elsewhere: refusal({ reason: "no-open-incident", elsewhere: [text] }),
  };
}
