/** The statistics of a period as people read them. */

import { toldMin, type Group, type Statistics } from "../digest/statistics.ts";
import { counted } from "../evidence/format.ts";
import { section, sections } from "./blocks.ts";
import type { MessageBody } from "./body.ts";
import { slashCommand } from "./commands.ts";
import { recordLines, spreadWords } from "./digest.ts";
import { cut, escape } from "./escape.ts";
import { blockPen, message, textPen, type Pen } from "./pen.ts";

const servicesMax = 8;
const nameMax = 60;

export function statisticsMessage(statistics: Statistics, days: number): MessageBody {
  if (statistics.incidents === 0) {
    const line = `No incident began in the last ${counted(days, "day")} that may be shown here.`;
    return message([line], [section(line)]);
  }
  return message(
    linesOf(statistics, days, textPen),
    sections(linesOf(statistics, days, blockPen([]))),
  );
}

export function badDays(text: string): MessageBody {
  const line = `"${escape(cut(text, nameMax))}" is no number of days. Say ${slashCommand} stats 30; alone it counts a quarter of a year.`;
  return message([line], [section(line)]);
}

function linesOf(statistics: Statistics, days: number, pen: Pen): string[] {
  const { incidents, severities, services, repeated, record } = statistics;
  const again = repeated === 0 ? "none was a repeat" : `${repeated} repeated an earlier one`;
  return [
    `${pen.strong(`Last ${counted(days, "day")}`)}: ${counted(incidents, "incident")}, ${again}.`,
    `Minutes to acknowledge ${spreadWords(statistics.acknowledge)}. To mitigate ${spreadWords(statistics.mitigate)}. To resolve ${spreadWords(statistics.resolve)}.`,
    ...postmortemLines(statistics),
    pen.strong("By severity"),
    ...severities.map((group) => groupWords(`SEV${group.of}`, group)),
    pen.strong("By service"),
    ...services.slice(0, servicesMax).map((group) => groupWords(serviceName(group.of), group)),
    ...(services.length > servicesMax ? [`and ${services.length - servicesMax} more.`] : []),
    pen.strong("My own record"),
    ...recordLines(record),
    calibrationWords(statistics),
  ];
}

/** "Postmortems: 28 of 84 published, 3 in work." */
function postmortemLines({ incidents, postmortems }: Statistics): string[] {
  const { published, inWork } = postmortems;
  if (published + inWork === 0) return [];
  return [`Postmortems: ${published} of ${incidents} published, ${inWork} in work.`];
}

/** "Chances of 42 tried fixes, and how many worked: at 10 to 20 % 3 of 22, at 30 to 40 % 7 of 20." */
function calibrationWords({ calibration, told }: Statistics): string {
  if (calibration === null) {
    return `How true my chances are: too little data, ${told} of the ${toldMin} tried fixes that it takes.`;
  }
  const bins = calibration.bins.map(({ from, count, came }) => {
    const percent = Math.round(from * 100);
    return `at ${percent} to ${percent + 10} % ${Math.round(came * count)} of ${count}`;
  });
  return `Chances of ${told} tried fixes, and how many worked: ${bins.join(", ")}.`;
}

function serviceName(service: string | null): string {
  return service === null ? "Service not known" : escape(cut(service, nameMax));
}

/** "SEV2: 4 incidents, minutes to mitigate 4 to 61" */
function groupWords(name: string, { incidents, mitigate }: Group<unknown>): string {
  return `${name}: ${counted(incidents, "incident")}, minutes to mitigate ${spreadWords(mitigate)}.`;
}
