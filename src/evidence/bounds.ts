/** What of an input is read: which series, and until when. */

import type { EvidenceInput, Series } from "./input.ts";

/** Of more series those of the alert's service come first, then the order given. */
export const seriesMax = 20_000;

/** The newest time in the input, where none was given; never before the onset. */
export function endOf({ end, onset, series = [], logs = [], changes = [] }: EvidenceInput): number {
  if (end !== undefined) return end;
  let newest = onset;
  const see = (at: number): void => {
    if (Number.isFinite(at) && at > newest) newest = at;
  };
  for (const { points } of series) for (const [at] of points) see(at);
  for (const { at } of logs) see(at);
  for (const { at } of changes) see(at);
  return newest;
}

export function boundedSeries({ series = [], alert }: EvidenceInput): readonly Series[] {
  if (series.length <= seriesMax) return series;
  const isOwn = ({ service }: Series): boolean => service === alert?.service;
  return [...series.filter(isOwn), ...series.filter((one) => !isOwn(one))].slice(0, seriesMax);
}
