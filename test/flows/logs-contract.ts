/** What every implementation of the Logs port must do, whatever it reads from. */

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Service } from "../../src/catalog/catalog.ts";
import type { Logs, Window } from "../../src/flows/ports.ts";

export interface LogsSubject {
  /** Has lines of the services before and after the onset. */
  readonly logs: Logs;
  readonly services: readonly Service[];
  readonly window: Window;
  /** The same kind of source, but one that never answers; null where that cannot be. */
  readonly silent: Logs | null;
  readonly stop: () => Promise<void>;
}

/** A source may answer a little after its deadline; in milliseconds. */
const graceMs = 3_000;

export function logsContract(what: string, make: () => Promise<LogsSubject>): void {
  describe(`${what}, as a source of logs`, () => {
    let subject: LogsSubject;
    before(async () => {
      subject = await make();
    });
    after(() => subject.stop());
    const read = () => {
      const { logs, services, window } = subject;
      return logs.lines(services, window, AbortSignal.timeout(10_000));
    };

    it("gives lines with words, of the services that were asked for", async () => {
      const { items } = await read();
      const names = new Set(subject.services.map(({ name }) => name));
      assert.ok(items.length > 0);
      for (const { service, text } of items) {
        assert.ok(names.has(service), service);
        assert.notEqual(text, "");
      }
    });

    it("gives lines of both sides of the onset, and none outside the window", async () => {
      const { from, onset, to } = subject.window;
      const times = (await read()).items.map(({ at }) => at * 1000);
      assert.ok(times.every((at) => at >= from.getTime() && at <= to.getTime()));
      assert.ok(times.some((at) => at < onset.getTime()));
      assert.ok(times.some((at) => at >= onset.getTime()));
    });

    it("gives the same again", async () => {
      assert.deepEqual(await read(), await read());
    });

    it("gives nothing for no services", async () => {
      const { logs, window } = subject;
      const reading = await logs.lines([], window, AbortSignal.timeout(10_000));
      assert.deepEqual([reading.items, reading.leftOut], [[], []]);
    });

    it("rejects when the signal has ended", async () => {
      const { logs, services, window } = subject;
      await assert.rejects(logs.lines(services, window, AbortSignal.abort()), Error);
    });

    it("rejects within its deadline where no answer comes", async (t) => {
      const { silent, services, window } = subject;
      if (silent === null) return t.skip("this source cannot be silent");
      const began = performance.now();
      await assert.rejects(silent.lines(services, window, AbortSignal.timeout(200)), /no answer/);
      assert.ok(performance.now() - began < 200 + graceMs);
    });
  });
}
