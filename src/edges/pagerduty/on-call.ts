/** Who is on call by a PagerDuty schedule; it only reads, and only at the configured origin. */

import { z } from "zod";
import type { Schedules } from "../../flows/ports.ts";
import { failureWords, fetchWithin, type Fetch } from "../outgoing.ts";

const answerBytesMax = 1_000_000;
const oncallsMax = 100;
const namesMax = 3;

const Answer = z.object({
  oncalls: z.array(
    z.object({
      escalation_level: z.number(),
      user: z.object({ summary: z.string() }),
    }),
  ),
});

export interface PagerDuty {
  readonly token: string;
  /** https://api.eu.pagerduty.com for accounts in Europe; absent or null: https://api.pagerduty.com */
  readonly apiUrl?: string | null;
  readonly fetch?: Fetch;
}

export function schedulesOnPagerDuty({ token, apiUrl, fetch: given }: PagerDuty): Schedules {
  const base = (apiUrl ?? "https://api.pagerduty.com").replace(/\/+$/, "");
  const bounds = { origin: new URL(base).origin, bytesMax: answerBytesMax };
  const fetch = fetchWithin(given === undefined ? bounds : { ...bounds, fetch: given });
  const headers = {
    accept: "application/vnd.pagerduty+json;version=2",
    authorization: `Token token=${token}`,
  };
  return {
    name: "PagerDuty",
    onCall: async (schedule, signal) => {
      const query = new URLSearchParams({ "schedule_ids[]": schedule, limit: String(oncallsMax) });
      const response = await answered(
        fetch(`${base}/oncalls?${query.toString()}`, { headers, signal }),
      );
      if (!response.ok) throw new Error(refusalOf(response, schedule));
      const text = await answered(response.text());
      const read = Answer.safeParse(parsed(text));
      if (!read.success) throw new Error("not what PagerDuty answers");
      const first = Math.min(...read.data.oncalls.map((each) => each.escalation_level));
      const now = read.data.oncalls.filter((each) => each.escalation_level === first);
      return [...new Set(now.map(({ user }) => user.summary))].slice(0, namesMax);
    },
  };
}

async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new Error(failureWords(error), { cause: error });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusalOf({ status }: Response, schedule: string): string {
  if (status === 401 || status === 403) return `HTTP ${status}, see PAGERDUTY_TOKEN`;
  if (status === 404 || status === 400) return `no schedule ${schedule}, see oncall in the catalog`;
  return `HTTP ${status}`;
}
