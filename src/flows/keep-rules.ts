/** Rules that people give in the chat: listed, given by a form, revoked by a click. */

import { isOver, type Rule } from "../catalog/rule.ts";
import {
  noSuchId,
  parseRule,
  ruleModal,
  rulesMessage,
  unknownStep,
  untilOf,
} from "../message/rules.ts";
import type { ChannelId, UserId } from "../vocabulary.ts";
import { newList } from "./another-list.ts";
import { rulesMoved } from "./apply-rules.ts";
import type { NewJob } from "./change.ts";
import { openForm } from "./open-form.ts";
import type { World } from "./ports.ts";
import { refuse, tell } from "./tell.ts";
import type { Asker } from "./tell.ts";

/** To the asker alone. */
export async function listRules(world: World, asker: Asker): Promise<void> {
  return tell(world, asker, rulesMessage(await rulesNow(world)));
}

async function rulesNow(world: World): Promise<Rule[]> {
  const rules = await world.store.rules(world.workspace);
  return rules.filter((rule) => !isOver(rule, world.now()));
}

export async function askForRule(
  world: World,
  asker: Asker & { readonly triggerId?: string | null },
): Promise<void> {
  if (!(await isMember(world, asker))) return;
  const { triggerId = null } = asker;
  const opening = await openForm(world, { ...asker, triggerId }, ruleModal(asker.channel));
  if (opening !== "open") return refuse(world, asker, { reason: "form-unclear", verb: "rules" });
}

/** The form came back; what it lacked was said in the response already. */
export async function submitRule(
  world: World,
  event: {
    readonly job: string;
    readonly user: UserId;
    readonly channel: ChannelId;
    readonly values: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const parsed = parseRule(event.values);
  if (!parsed.ok || !(await isMember(world, event))) return;
  const { days, ...rest } = parsed.rule;
  const ids = world.steps.map(({ id }) => id);
  const unknown = unknownStep(rest.forbid, ids);
  if (unknown !== null) return tell(world, event, noSuchId(unknown, ids));
  const until = untilOf(days, world.now());
  const id = `rul_${world.newId()}` as const;
  const rule: Rule = { id, ...rest, by: event.user, ...(until === undefined ? {} : { until }) };
  const listed = rulesMessage([...(await rulesNow(world)), rule]);
  const rules = { given: rule, at: world.now() };
  return tell(world, event, listed, { rules, jobs: await listAnew(world, event) });
}

/** The list that people work from must not hold what is forbidden by now. */
async function listAnew(world: World, { job, channel }: Asker): Promise<NewJob[]> {
  const open = await world.store.openIncidentIn(world.workspace, channel);
  const applied = await rulesMoved(world, job);
  return open === null ? applied : [...applied, newList(world, open, job)];
}

/** A second click on the same rule lists what is left. */
export async function revokeRule(world: World, asker: Asker, id: Rule["id"]): Promise<void> {
  if (!(await isMember(world, asker))) return;
  const left = (await rulesNow(world)).filter((rule) => rule.id !== id);
  const rules = { revoked: id, by: asker.user, at: world.now() };
  const jobs = await rulesMoved(world, asker.job);
  return tell(world, asker, rulesMessage(left), { rules, jobs });
}

/** Rules hold for everybody, so that whoever is not in the channel where they are told gives none. */
async function isMember(world: World, asker: Asker): Promise<boolean> {
  if (await world.chat.isMember(asker.channel, asker.user)) return true;
  const channel = await world.store.channel(world.workspace, asker.channel);
  await refuse(world, asker, {
    reason: "not-a-member",
    channelName: channel?.name ?? "this channel",
  });
  return false;
}
