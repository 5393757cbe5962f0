/** What the tests of postmortems type, click and send, and what they read back. */

import { runCommand } from "../../src/flows/answer-command.ts";
import { submitPostmortem } from "../../src/flows/edit-postmortem.ts";
import { handleClick } from "../../src/flows/handle-click.ts";
import { actionIds } from "../../src/message/actions.ts";
import { partsOf, titleOf } from "../../src/postmortem/parts.ts";
import { ana, incidentChannel, type FakeWorld } from "./fake-world.ts";

export async function postmortem(
  fake: FakeWorld,
  text: string,
  { user = ana, channel = incidentChannel.id } = {},
): Promise<string> {
  const before = fake.ephemerals(user).length;
  await runCommand(fake.world, {
    job: fake.job(),
    channel,
    user,
    command: "/postmortem",
    text,
    triggerId: "trigger",
  });
  await fake.work();
  return fake
    .ephemerals(user)
    .slice(before)
    .map((body) => body.text)
    .join("\n");
}
export const click = (fake: FakeWorld, user: string, value: string) =>
  handleClick(fake.world, {
    job: fake.job(),
    channel: incidentChannel.id,
    user,
    actionId: `${actionIds.postmortem}:x`,
    value,
    triggerId: "trigger",
  });
export const idOf = (fake: FakeWorld) => fake.store.incidents()[0]?.id ?? "inc_";
export const versions = (fake: FakeWorld) =>
  fake.store.postmortems.map(({ version, kind, state, basedOn }) => [
    version,
    kind,
    state,
    basedOn,
  ]);
export const newest = (fake: FakeWorld) => fake.store.postmortems.at(-1)?.markdown ?? "";
export const inThread = (fake: FakeWorld) =>
  fake.messages(incidentChannel.id).findLast(({ key }) => key.startsWith("postmortem:"));

/** The form of a heading, filled in and sent. */
export async function save(
  fake: FakeWorld,
  user: string,
  { version, heading, text }: { version: number; heading: string; text: string },
): Promise<void> {
  const base = fake.store.postmortems.find((each) => each.version === version)?.markdown ?? "";
  const index = partsOf(base).findIndex((part) => titleOf(part) === heading);
  await submitPostmortem(fake.world, {
    job: fake.job(),
    user,
    about: `${idOf(fake)} ${version} ${index}`,
    values: { "postmortem:text:0": text },
  });
}
export async function resolved(fake: FakeWorld): Promise<FakeWorld> {
  await handleClick(fake.world, {
    job: fake.job(),
    channel: incidentChannel.id,
    user: ana,
    actionId: actionIds.resolve,
    value: idOf(fake),
  });
  return fake;
}
