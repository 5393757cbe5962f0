/** What every implementation of the Changes port must do, whatever it reads from. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Service } from "../../src/catalog/catalog.ts";
import { changesSince } from "../../src/flows/look-back.ts";
import type { Changes, Window } from "../../src/flows/ports.ts";

export interface ChangesSubject {
  /** Has at least two changes of the services in the window. */
  readonly changes: Changes;
  readonly services: readonly Service[];
  readonly window: Window;
  /** The same kind of source, but one that never answers; null where that cannot be. */
  readonly silent: Changes | null;
  readonly stop: () => Promise<void>;
}

/** A source may answer a little after its deadline; in milliseconds. */
const graceMs = 3_000;
const kinds = ["commit", "deploy", "flag", "config"];

export function changesContract(what: string, make: () => Promise<ChangesSubject>): void {
  describe(`${what}, as a source of changes`, () => {
    let subject: ChangesSubject;
    before(async () => {
      subject = await make();
    });
    after(() => subject.stop());
    const read = async () => {
      const { changes, services, window } = subject;
      return changes.recent(services, window, AbortSignal.timeout(10_000));
    };

    it("gives changes of known kinds, with a name and an id of their own", async () => {
      const { items } = await read();
      assert.ok(items.length >= 2);
      for (const { kind, title } of items) {
        assert.ok(kinds.includes(kind), kind);
        assert.notEqual(title, "");
        assert.doesNotMatch(title, /\n/);
      }
      assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    });

    it("gives the newest first", async () => {
      const times = (await read()).items.map(({ at }) => at);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => b - a),
      );
    });

    it("gives only what lies in the window or the hours before it", async () => {
      const from = changesSince(subject.window).getTime() / 1000;
      const to = subject.window.to.getTime() / 1000;
      for (const { at, title } of (await read()).items) assert.ok(at >= from && at <= to, title);
    });

    it("ties changes to services that were asked for, or to none", async () => {
      const names = new Set([undefined, ...subject.services.map(({ name }) => name)]);
      for (const { service } of (await read()).items) assert.ok(names.has(service), service);
    });

    it("says of no other service than those that were asked for that it read it", async () => {
      const names = new Set(subject.services.map(({ name }) => name));
      for (const [name] of (await read()).whole ?? []) assert.ok(names.has(name), name);
    });

    it("gives the same again", async () => {
      assert.deepEqual(await read(), await read());
    });

    it("gives nothing for no services", async () => {
      const { changes, window } = subject;
      const { items, leftOut } = await changes.recent([], window, AbortSignal.timeout(10_000));
      assert.deepEqual([items, leftOut], [[], []]);
    });

    it("rejects when the signal has ended", async () => {
      const { changes, services, window } = subject;
      await assert.rejects(changes.recent(services, window, AbortSignal.abort()), Error);
    });

    it("rejects within its deadline where no answer comes", async (t) => {
      const { silent, services, window } = subject;
      if (silent === null) return t.skip("this source cannot be silent");
      const began = performance.now();
      await assert.rejects(silent.recent(services, window, AbortSignal.timeout(200)), /no answer/);
      assert.ok(performance.now() - began < 200 + graceMs);
    });
  });
}
