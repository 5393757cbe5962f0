import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handleClick } from "../../src/flows/handle-click.ts";
import { submitAction } from "../../src/flows/keep-actions.ts";
import { runJob } from "../../src/flows/run-job.ts";
import type { IssueJob } from "../../src/flows/postmortem-ports.ts";
import { actionIds } from "../../src/message/actions.ts";
import { withIssues, type FakeIssues } from "./fake-issues.ts";
import { ana, begunWorld, bo, incidentChannel, type FakeWorld } from "./fake-world.ts";
import { idOf, newest, postmortem } from "./postmortem.ts";

const last = (fake: FakeWorld, user: string) => fake.ephemerals(user).at(-1)?.text ?? "";
const theItem = async (fake: FakeWorld) => {
  const [item] = await fake.store.actionItems("T1", idOf(fake));
  assert.ok(item);
  return item;
};
const asIt = async (fake: FakeWorld) => {
  const { text, state, owner, due } = await theItem(fake);
  return [text, state, owner, due];
};

async function save(fake: FakeWorld, values: Readonly<Record<string, string>>): Promise<void> {
  const [item] = await fake.store.actionItems("T1", idOf(fake));
  const about = item === undefined ? "new" : `${item.id} ${item.revision}`;
  const all = { text: "Alert on p99", owner: bo, due: "2026-12-01", ...values };
  await submitAction(fake.world, {
    job: fake.job(),
    user: ana,
    about: `${idOf(fake)} ${about}`,
    values: Object.fromEntries(Object.entries(all).map(([id, value]) => [`action:${id}`, value])),
  });
  await fake.work();
}

async function click(fake: FakeWorld, deed: string): Promise<string> {
  await handleClick(fake.world, {
    job: fake.job(),
    channel: incidentChannel.id,
    user: ana,
    actionId: `${actionIds.action}:x`,
    value: `${idOf(fake)} ${deed} ${(await theItem(fake)).id}`,
    triggerId: "trigger",
  });
  await fake.work();
  return last(fake, ana);
}

const first = 1;
const made = `It is issue #${first} of acme/pm now:`;

/** GitHub tells of it. */
const hook = (fake: FakeWorld, number = "1", repo = "Acme/PM") =>
  runJob(fake.world, fake.job(), { kind: "issue-changed", repo, number } satisfies IssueJob);
const poll = (fake: FakeWorld) => runJob(fake.world, fake.job(), { kind: "look-at-issues" });

/** What the thread was told of it. */
const told = (fake: FakeWorld) =>
  fake
    .messages(incidentChannel.id)
    .filter(({ key }) => key.startsWith("action-issue:"))
    .map(({ body }) => body.text);

async function mirroredWorld(): Promise<{ fake: FakeWorld; github: FakeIssues }> {
  const fake = await begunWorld();
  const github = withIssues(fake);
  await save(fake, {});
  await click(fake, "issue");
  return { fake, github };
}

describe("an action item's issue", () => {
  test("is made by a click, once, and the item links to it", async () => {
    const { fake, github } = await mirroredWorld();
    const said = last(fake, ana);
    assert.ok(said.startsWith(`${made} https://github.com/acme/pm/issues/1\n`));
    assert.deepEqual(
      github.kept.map(({ title }) => title),
      ["Alert on p99"],
    );
    assert.match(github.kept[0]?.body ?? "", /Owner: Bo Okafor\. Due: 2026-12-01\. Priority: P2\./);
    assert.equal((await theItem(fake)).link, "https://github.com/acme/pm/issues/1");
    assert.match(await click(fake, "issue"), /^It is an issue already: https:/);
    assert.equal(github.kept.length, 1);
    assert.ok(!JSON.stringify(fake.ephemerals(ana).at(-1)?.blocks).includes("Make an issue"));
    await poll(fake);
    assert.deepEqual([github.changes, told(fake)], [[], []], "both are the same");
  });

  test("is not made twice where it was made and not kept", async () => {
    const fake = await begunWorld();
    const github = withIssues(fake);
    await save(fake, {});
    const { id } = await theItem(fake);
    const body = `Somebody's words.\n\nKept by Hindsight as ${id};`;
    github.kept.push({ number: "1", url: "https://x", title: "Alert on p99", body, state: "open" });
    await click(fake, "issue");
    assert.equal(github.kept.length, 1);
    assert.match(github.kept[0]?.body ?? "", /Owner: Bo Okafor[^]*Somebody's words\./);
  });

  test("that GitHub refuses is told with the mend, and of a private incident none is made", async () => {
    const fake = await begunWorld();
    await save(fake, {});
    assert.match(await click(fake, "issue"), /^No repository is set for postmortems\. Set /);
    const { issues, kept } = withIssues(fake);
    const refused = { ok: false, said: "Issues are off. Switch them on.", why: "refused" } as const;
    const find = async () => refused;
    fake.world = { ...fake.world, exports: { ...fake.world.exports, issues: { ...issues, find } } };
    assert.match(
      await click(fake, "issue"),
      /^No issue was made: Issues are off\. Switch them on\.\n/,
    );
    const hidden = { ...incidentChannel, kind: "private" } as const;
    fake.channels.set(hidden.id, hidden);
    withIssues(fake);
    assert.match(await click(fake, "issue"), /^INC-1 belongs to a channel that is not public/);
    assert.deepEqual(kept, []);
  });

  for (const [state, becomes, words] of [
    ["completed", "done", "is done"],
    ["not_planned", "dropped", "is dropped"],
  ] as const)
    test(`that is closed as ${state} closes the item as ${becomes}, told once however often it is heard of`, async () => {
      const { fake, github } = await mirroredWorld();
      await postmortem(fake, "draft");
      github.edit("1", { state });
      await hook(fake);
      await hook(fake);
      await poll(fake);
      await fake.work();
      assert.deepEqual(await asIt(fake), ["Alert on p99", becomes, bo, "2026-12-01"]);
      assert.deepEqual(told(fake), [`On GitHub, "Alert on p99" ${words} (acme/pm#1).`]);
      assert.deepEqual(github.changes, [], "nothing comes back");
      assert.match(newest(fake), /- \[x\] .*Alert on p99/);
      github.edit("1", { state: "open" });
      await poll(fake);
      assert.equal((await theItem(fake)).state, "open");
      assert.equal(told(fake).length, 2);
    });

  test("is closed, opened and worded anew where the item is, and says nothing of it here", async () => {
    const { fake, github } = await mirroredWorld();
    await click(fake, "done");
    assert.equal(github.kept[0]?.state, "completed");
    await hook(fake);
    await save(fake, { text: "Alert on p95", state: "open", due: "2027-01-01" });
    await poll(fake);
    const [issue] = github.kept;
    assert.deepEqual([issue?.title, issue?.state], ["Alert on p95", "open"]);
    assert.match(issue?.body ?? "", /Due: 2027-01-01/);
    assert.equal(github.changes.length, 2);
    assert.deepEqual(told(fake), []);
  });

  test("that is worded anew words the item anew, and its owner and date stay", async () => {
    const { fake, github } = await mirroredWorld();
    github.edit("1", { title: "Alert on p95, with key xoxb-1234567890-abcdefghijkl" });
    await hook(fake);
    const [text, ...rest] = await asIt(fake);
    assert.match(String(text), /^Alert on p95, with key (?!xoxb-1234567890)/);
    assert.deepEqual(rest, ["open", bo, "2026-12-01"]);
    assert.match(told(fake).join(""), /^On GitHub, "Alert on p99" reads "Alert on p95, with key /);
    await poll(fake);
    await fake.work();
    await poll(fake);
    assert.equal(told(fake).length, 1);
  });

  test("keeps what both sides changed at once", async () => {
    const { fake, github } = await mirroredWorld();
    github.edit("1", { state: "completed" });
    await save(fake, { text: "Alert on p95" });
    await fake.work();
    assert.deepEqual(await asIt(fake), ["Alert on p95", "done", bo, "2026-12-01"]);
    assert.deepEqual([github.kept[0]?.title, github.kept[0]?.state], ["Alert on p95", "completed"]);
  });

  test("is asked for again only where it is another by now", async () => {
    const { fake, github } = await mirroredWorld();
    await poll(fake);
    const before = github.reads();
    await poll(fake);
    await poll(fake);
    assert.equal(github.reads(), before);
  });

  test("that is gone is told once, the item stays, and another can be made", async () => {
    const { fake, github } = await mirroredWorld();
    github.kept.length = 0;
    await poll(fake);
    await poll(fake);
    assert.deepEqual(told(fake), [
      'The issue of "Alert on p99" is not there any more (acme/pm#1); the item stays as it is. `/postmortem actions` makes another.',
    ]);
    assert.equal((await theItem(fake)).state, "open");
    assert.match(await click(fake, "issue"), new RegExp(`^${made}`));
  });

  test("that GitHub does not let be written goes to the log, and one of another repository is nobody's", async () => {
    const { fake, github } = await mirroredWorld();
    const refused = { ok: false, said: "The token may not.", why: "gone" } as const;
    const issues = { ...github.issues, change: async () => refused };
    fake.world = { ...fake.world, exports: { ...fake.world.exports, issues } };
    await click(fake, "done");
    assert.deepEqual(fake.troubles, [
      "An action item of INC-1 and its issue differ: The token may not.",
    ]);
    assert.equal((await theItem(fake)).state, "done");
    const reads = github.reads();
    await hook(fake, "1", "acme/other");
    await hook(fake, "9");
    assert.equal(github.reads(), reads);
  });

  test("is looked at again later where GitHub is away", async () => {
    const { fake, github } = await mirroredWorld();
    const away = { ok: false, said: "GitHub is away.", why: "away" } as const;
    const issues = { ...github.issues, read: async () => away };
    fake.world = { ...fake.world, exports: { ...fake.world.exports, issues } };
    await assert.rejects(poll(fake), /GitHub is away\./);
  });
});

describe("many issues", () => {
  /** Eight items, each with its issue, made by a click. */
  async function mirroredEight() {
    const fake = await begunWorld();
    const github = withIssues(fake);
    for (let n = 1; n <= 8; n += 1) {
      await submitAction(fake.world, {
        job: fake.job(),
        user: ana,
        about: `${idOf(fake)} new`,
        values: { "action:text": `Item ${n}`, "action:owner": bo },
      });
      const newest = (await fake.store.actionItems("T1", idOf(fake))).at(-1);
      await handleClick(fake.world, {
        job: fake.job(),
        channel: incidentChannel.id,
        user: ana,
        actionId: `${actionIds.action}:x`,
        value: `${idOf(fake)} issue ${newest?.id}`,
        triggerId: "trigger",
      });
      await fake.work();
    }
    fake.pass(60);
    github.asked.length = 0;
    return { fake, github };
  }
  const texts = async (fake: FakeWorld) =>
    (await fake.store.actionItems("T1", idOf(fake))).map(({ text, state }) => `${text} ${state}`);

  test("are told by one list; a few are read by themselves, in turn, so that one that is gone is seen", async () => {
    const { fake, github } = await mirroredEight();
    const made = fake.world.now().getTime() - 60 * 60_000;
    github.edit("8", { state: "completed" });
    await poll(fake);
    assert.deepEqual(github.asked, ["1", "2", "3", "4", "5"]);
    assert.equal((await texts(fake))[7], "Item 8 done");
    assert.equal(told(fake).length, 1);
    assert.deepEqual(
      github.lists.map((since) => since.getTime()),
      [made - 5 * 60_000],
      "since the one was read that was not for longest, whatever GitHub's clock says",
    );
    fake.pass(10);
    github.kept.splice(5, 1);
    await poll(fake);
    assert.deepEqual(github.asked.slice(5), ["6", "7", "1", "2", "3"]);
    assert.match(told(fake)[1] ?? "", /^The issue of "Item 6" is not there any more/);
    const before = fake.store.commits.length;
    await poll(fake);
    assert.deepEqual(github.asked.slice(10), ["4", "5", "7", "1"], "8 is listed");
    assert.ok(
      fake.store.commits.length - before === 4,
      "what a list tells again is not written again",
    );
    assert.deepEqual([told(fake).length, github.changes], [2, []]);
  });

  test("are read one by one where GitHub does not list them all, and later where it is away", async () => {
    const { fake, github } = await mirroredEight();
    const lists = (changedSince: typeof github.issues.changedSince) => {
      const issues = { ...github.issues, changedSince };
      fake.world = { ...fake.world, exports: { ...fake.world.exports, issues } };
    };
    lists(async () => ({ ok: true, value: null }));
    await poll(fake);
    lists(async () => ({ ok: false, said: "Issues are off.", why: "refused" }));
    await poll(fake);
    assert.equal(github.asked.length, 16);
    lists(async () => ({ ok: false, said: "GitHub is away.", why: "away" }));
    await assert.rejects(poll(fake), /GitHub is away\./);
    assert.equal(github.asked.length, 16);
  });
});
