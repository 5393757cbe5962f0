/** Recorded incidents as a team would work them, on a clock that the test moves: from the first alert to the cause that somebody names. */

import { fileURLToPath } from "node:url";
import { readdirSync } from "node:fs";
import { createPlayer, type Player } from "../../src/edges/recorded/player.ts";
import { onChannelSeen } from "../../src/flows/begin-incident.ts";
import { runCommand } from "../../src/flows/answer-command.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { postmortemView } from "../../src/flows/postmortem-view.ts";
import { showIncident, type Shown } from "../../src/flows/show-incident.ts";
import { actionIds } from "../../src/message/actions.ts";
import type { PostmortemView } from "../../src/postmortem/view.ts";
import type { Suggestion } from "../../src/suggestion/suggestion.ts";
import { readBundle } from "../../src/edges/recorded/bundle.ts";
import type { World } from "../../src/flows/ports.ts";
import { ana, bo, fakeWorld, incidentChannel, onset, type FakeWorld } from "../flows/fake-world.ts";

const folder = fileURLToPath(new URL("../../demo/bundles/", import.meta.url));

export const recordedIds = readdirSync(folder)
  .filter((file) => file.endsWith(".json.gz"))
  .map((file) => file.replace(".json.gz", ""))
  .toSorted();

/** In `incidentChannel`; nothing of it has been read. */
export function recordedWorld(id: string): FakeWorld & { readonly player: Player } {
  const fake = fakeWorld();
  const player = createPlayer({ bundleFolder: folder, now: () => fake.world.now() });
  const channel = { ...incidentChannel, name: player.channelName(id) };
  fake.channels.set(channel.id, channel);
  player.start(id, { channel: channel.id, speed: 1 });
  const { world } = fake;
  fake.world = {
    ...world,
    linkHosts: ["hindsight.example.com", ...world.linkHosts],
    evidencePage: (snapshot, cite) =>
      `https://hindsight.example.com/evidence/${snapshot}#${encodeURIComponent(cite)}`,
    sourcesFor: async (of) => player.sourcesFor(of) ?? world.sourcesFor(of),
    chat: { ...world.chat, permalink: permalinks(fake) },
    stepTried: (of, stepId) => player.tried(of, stepId),
  };
  return Object.assign(fake, { player });
}

/** As Slack writes them; each message has a time of its own, in the order in which they are asked for. */
function permalinks(fake: FakeWorld): World["chat"]["permalink"] {
  const known: string[] = [];
  return async (channel, ts) => {
    if (fake.deleted.includes(ts)) return null;
    if (!known.includes(ts)) known.push(ts);
    return `https://acme.slack.com/archives/${channel}/p${onset + 300 + known.indexOf(ts)}000100`;
  };
}

/** Led by ana; bo looks at a check, then somebody takes the step that mends it; ended, and its cause named. */
export async function workedOn(id: string): Promise<ReturnType<typeof recordedWorld>> {
  const fake = recordedWorld(id);
  const { title, truth } = readBundle(`${folder}${id}.json.gz`);
  await onChannelSeen(fake.world, { job: fake.job(), channel: incidentChannel.id });
  await fake.work();
  await minutes(fake, 1);
  await click(fake, ana, actionIds.lead, incidentId(fake));
  await command(fake, ana, "severity 2");
  const check = offered(fake).find(({ role }) => role === "check");
  if (check !== undefined) {
    await click(fake, bo, actionIds.claim, check.id);
    await minutes(fake, 2);
    await outcome(fake, bo, check, "helped");
  }
  await command(fake, ana, `update ${title}. A mend is under way.`);
  const wrong = offered(fake).find(
    (each) => isFix(each) && !truth.mendingSteps.includes(each.stepId),
  );
  if (wrong !== undefined) await outcome(fake, bo, wrong, "no_effect");
  await minutes(fake, 1);
  const fix = offered(fake).find(({ stepId }) => truth.mendingSteps.includes(stepId));
  if (fix === undefined) fake.player.tried(incidentChannel.id, truth.mendingSteps[0] ?? "");
  else await click(fake, ana, actionIds.claim, fix.id);
  await minutes(fake, 8);
  if (fix === undefined)
    await click(fake, ana, actionIds.credit, `${incidentId(fake)} something-else`);
  else await outcome(fake, ana, fix, "resolved");
  await click(fake, ana, actionIds.resolve, incidentId(fake));
  await click(fake, ana, `${actionIds.cause}:kind`, `${incidentId(fake)} ${truth.cause}`);
  return fake;
}

const isFix = ({ role }: Suggestion): boolean => role === "fix";
const incidentId = (fake: FakeWorld): `inc_${string}` => fake.store.incidents()[0]?.id ?? "inc_";
const offered = (fake: FakeWorld): readonly Suggestion[] => fake.store.suggestions;

/** Minute by minute, so that every reading comes when it is due. */
async function minutes(fake: FakeWorld, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    fake.pass(1);
    await fake.work();
  }
}

async function click(fake: FakeWorld, user: string, actionId: string, value: string) {
  const channel = incidentChannel.id;
  await handleClick(fake.world, { job: fake.job(), channel, user, actionId, value });
  await fake.work();
}

async function outcome(fake: FakeWorld, user: string, of: Suggestion, label: string) {
  await click(fake, user, `${actionIds.outcome}:${label}`, `${of.id} ${label}`);
}

async function command(fake: FakeWorld, user: string, text: string, name = "/hindsight") {
  await runCommand(fake.world, {
    job: fake.job(),
    channel: incidentChannel.id,
    user,
    command: name,
    text,
    triggerId: null,
  });
  await fake.work();
}

async function shownOf(fake: FakeWorld): Promise<Shown> {
  const stored = fake.store.incidents()[0];
  if (stored === undefined) throw new Error("no incident was begun");
  return showIncident(fake.world, stored);
}

export async function viewOf(fake: FakeWorld): Promise<PostmortemView> {
  return postmortemView(fake.world, await shownOf(fake));
}
