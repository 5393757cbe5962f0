/** How often properties are tried, and the seed of all of them: HINDSIGHT_SEED, or by chance. */

const isFull = process.env["HINDSIGHT_TEST"] === "full";
const runsMin = 20;
const share = 20;

export const seed = Number(process.env["HINDSIGHT_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.log(`properties: HINDSIGHT_SEED=${seed}`);

/** The full count with HINDSIGHT_TEST=full, else a twentieth of it, and 20 at least. */
export function runs(full: number): number {
  return isFull ? full : Math.max(runsMin, Math.round(full / share));
}
