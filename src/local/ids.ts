/** Ids and timestamps in Slack's form. */
import { randomBytes } from "node:crypto";
import type { State } from "./state.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** A new id such as `C0K3XQ…`: the prefix and ten random letters, unique over restarts. */
export function newId(prefix: string): string {
  const letters = [...randomBytes(10)].map((byte) => alphabet.charAt(byte & 31));
  return prefix + letters.join("");
}

/** The next message timestamp, later than every one before it even within one millisecond. */
export function nextTs(state: State, now: Date): string {
  state.lastTsMicros = Math.max(now.getTime() * 1000, state.lastTsMicros + 1);
  const seconds = Math.floor(state.lastTsMicros / 1_000_000);
  const micros = String(state.lastTsMicros % 1_000_000).padStart(6, "0");
  return `${seconds}.${micros}`;
}
