/** A made-up organisation that lives with its lists: each is made from the ledger before it, people try from it, and part of it is written down. */

import { unitFrom } from "../../src/learning/numbers.ts";
import type { Step } from "../../src/playbook/step.ts";
import { arrange } from "../../src/suggestion/arrange.ts";
import { drawFor } from "../../src/suggestion/draw.ts";
import {
  ledgerBefore,
  type KeptIncident,
  type KeptLedger,
  type KeptStep,
} from "../../src/suggestion/kept-ledger.ts";
import { chancesOf } from "../../src/suggestion/learned.ts";
import { rankSteps } from "../../src/suggestion/rank-steps.ts";
import { tallyOf, type LedgerRow } from "../../src/suggestion/tally.ts";
import type { OutcomeLabel, Symptom } from "../../src/vocabulary.ts";
import { after, kept, ledger, turn } from "./kept.ts";
import { row } from "./rows.ts";

/** What an incident may have behind it: how it looks, and the step that ends it. */
interface Hidden {
  readonly symptom: Symptom;
  readonly service: string;
  readonly fix: string;
}

const shownMax = 5;
/** How people are: they take the next of the list, write failures down, and say what did it. */
const habits = { follows: 0.75, tellsFailure: 0.6, tellsSuccess: 0.85 };
/** How often the evidence speaks for a step that ends it, and for one that does not. */
const seen = { right: 0.4, wrong: 0.16 };

/** One a day. `steps`: those that could stand in every list. */
export function lived(
  steps: readonly Step[],
  behind: readonly Hidden[],
  count: number,
): KeptLedger {
  let known: KeptLedger = ledger([], []);
  for (let number = 1; number <= count; number += 1) {
    const one = live(
      steps,
      behind[Math.floor(unitFrom("behind", number) ** 1.5 * behind.length)],
      number,
      known,
    );
    known = ledger([...known.incidents, one.incident], [...known.rows, ...one.rows]);
  }
  return known;
}

function live(
  steps: readonly Step[],
  hidden: Hidden | undefined,
  number: number,
  known: KeptLedger,
) {
  if (hidden === undefined) throw new Error("nothing is behind it");
  const { symptom, service, fix } = hidden;
  const chance = (...words: readonly (string | number)[]) => unitFrom("lived", number, ...words);
  const title = `${service}: ${symptom}`;
  const open = kept(number, { symptom, service, turns: [turn(number, 0, { title })], offered: [] });
  const shown = listFor(steps, open, known, (id) =>
    chance("seen", id) < (id === fix ? seen.right : seen.wrong) ? seen.right / seen.wrong : 1,
  );
  const rows: LedgerRow[] = [];
  let minute = 3;
  let isOver = false;
  for (const { id: suggestionId, stepId, role, minutes, foretold = null } of shown) {
    if (isOver || chance(stepId, "follows") > habits.follows) continue;
    isOver = stepId === fix;
    minute += minutes;
    if (chance(stepId, "tells") > (isOver ? habits.tellsSuccess : habits.tellsFailure)) continue;
    const label: OutcomeLabel = isOver
      ? "resolved"
      : role === "check" && chance(stepId, "answers") < 0.6
        ? "ruled_out"
        : "no_effect";
    const time = after(number, minute);
    const about = { incidentId: open.id, suggestionId, stepId, role, symptom, service } as const;
    const told = { label, minutes: Math.round(minutes), at: time, recordedAt: time, foretold };
    rows.push(row({ ...about, ...told }));
  }
  const end = after(number, minute + 20);
  const causes =
    isOver && chance("labelled") < 0.5
      ? [
          {
            cause: steps.find(({ id }) => id === fix)?.mechanism ?? "other",
            recordedAt: after(number, 20 * 60),
          },
        ]
      : [];
  const incident: KeptIncident = {
    ...open,
    offered: shown,
    causes,
    turns: [...open.turns, turn(number, 0, { title, endedAt: end, recordedAt: end })],
  };
  return { incident, rows };
}

function listFor(
  steps: readonly Step[],
  incident: KeptIncident,
  known: KeptLedger,
  oddsOf: (id: string) => number,
): KeptStep[] {
  const { number, symptom: told, service } = incident;
  const symptom = told ?? "other";
  const past = ledgerBefore(incident.openedAt, known, incident.id);
  const here = { service, symptom, flags: [], text: incident.turns[0]?.title ?? "", outcomes: [] };
  const eligible = steps.map((step) => ({ step, odds: oddsOf(step.id), mayLead: true }));
  const chances = chancesOf(steps, past, here);
  const ranked = rankSteps(eligible, { symptom, tallies: tallyOf(past.rows), chances });
  const draw = drawFor(2, past.incidents.length, [0, incident.id, 1]);
  const considered = eligible.map(({ step, odds, mayLead }) => ({
    stepId: step.id,
    odds,
    mayLead,
  }));
  return arrange(ranked, { severity: 2, max: shownMax, draw }).map(
    ({ stepId, role, p, minutes, propensity, greedy, foretold }, index): KeptStep => ({
      id: `sug_${incident.id}_${stepId}`,
      list: 1,
      position: index + 1,
      stepId,
      role,
      p,
      minutes,
      propensity,
      symptom,
      service,
      flags: [],
      foretold,
      shownAt: after(number, 1),
      greedy: greedy === null ? null : { stepId: greedy.stepId, p: greedy.p },
      considered: index === 0 ? considered : null,
    }),
  );
}
