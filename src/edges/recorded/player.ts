/** Plays recorded incidents into channels: shifted in time, at real speed or ten times it, mended by the right step. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Sources } from "../../flows/ports.ts";
import type { ChannelId, Symptom } from "../../vocabulary.ts";
import { readBundle, type Bundle } from "./bundle.ts";
import { playNow, type Play } from "./playhead.ts";
import { readPlays, writePlays } from "./plays.ts";
import { sourcesOf } from "./sources.ts";

interface RecordedIncident {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly symptom: Symptom;
  /** Of the trouble and the recovery, at real speed. */
  readonly durationMinutes: number;
}

interface Playing {
  readonly channel: ChannelId;
  readonly id: string;
  readonly speed: 1 | 10;
  readonly phase: "fault" | "recovery";
}

export interface Player {
  /** Throws an Error that names file and field where a bundle is broken; so do the others that need a bundle. */
  list(): RecordedIncident[];
  /** The trouble began two minutes ago. Replaces what the channel was playing; throws on an unknown id. */
  start(id: string, options: { readonly channel: ChannelId; readonly speed: 1 | 10 }): void;
  playing(): Playing[];
  /** null where nothing is played; times and visibility are those of the moment of each call. */
  sourcesFor(channel: ChannelId): Sources | null;
  /** The first step that mends the incident brings the recovery; any other changes nothing. */
  tried(channel: ChannelId, stepId: string): void;
  /** What the alert said; throws on an unknown id. */
  alertText(id: string): string;
  /** For instance "inc-checkout-latency"; throws on an unknown id. */
  channelName(id: string): string;
}

export interface PlayerOptions {
  readonly bundleFolder: string;
  /** Where the plays are kept over a restart; absent: they are not. */
  readonly stateFile?: string;
  readonly now: () => Date;
  /** Links to the runbooks of the services that are played, by their names; absent: they have none. */
  readonly runbooks?: ReadonlyMap<string, readonly string[]>;
}

export function createPlayer(options: PlayerOptions): Player {
  const { bundleFolder, stateFile, now, runbooks = new Map() } = options;
  const bundles = bundlesIn(bundleFolder);
  const plays = new Map(readPlays(stateFile).map((play) => [play.channel, play]));
  const wallNow = () => now().getTime() / 1000;
  const keep = (play: Play) => {
    plays.set(play.channel, play);
    writePlays(stateFile, [...plays.values()]);
  };
  const known = (id: string): Bundle => {
    const bundle = bundles().get(id);
    if (bundle === undefined) throw new Error(`There is no recorded incident "${id}".`);
    return bundle;
  };
  return {
    list: () => [...bundles().values()].map(described),
    start: (id, { channel, speed }) =>
      keep({ channel, id: known(id).id, speed, startedAt: wallNow(), mendedAt: null }),
    playing: () => [...plays.values()].map(standing),
    sourcesFor: (channel) => {
      const play = plays.get(channel);
      const bundle = play === undefined ? undefined : bundles().get(play.id);
      if (play === undefined || bundle === undefined) return null;
      const { truth: _truth, ...shown } = bundle;
      const latest = () => plays.get(channel) ?? play;
      return sourcesOf({ bundle: shown, play: latest, wallNow, runbooks });
    },
    tried: (channel, stepId) => {
      const play = plays.get(channel);
      if (play === undefined || play.mendedAt !== null) return;
      const mends = bundles().get(play.id)?.truth.mendingSteps.includes(stepId) ?? false;
      if (mends) keep({ ...play, mendedAt: playNow(play, wallNow()) });
    },
    alertText: (id) => known(id).alert.text,
    channelName: (id) => known(id).channelName,
  };
}

/** The folder's bundles by id, read when they are first asked for. */
function bundlesIn(folder: string): () => ReadonlyMap<string, Bundle> {
  let read: ReadonlyMap<string, Bundle> | undefined;
  return () => {
    read ??= new Map(
      readdirSync(folder)
        .filter((file) => file.endsWith(".json.gz"))
        .toSorted()
        .map((file) => readBundle(join(folder, file)))
        .map((bundle) => [bundle.id, bundle]),
    );
    return read;
  };
}

function described({ id, title, summary, symptom, onset, end }: Bundle): RecordedIncident {
  return { id, title, summary, symptom, durationMinutes: Math.round((end - onset) / 60) };
}

function standing({ channel, id, speed, mendedAt }: Play): Playing {
  return { channel, id, speed, phase: mendedAt === null ? "fault" : "recovery" };
}
