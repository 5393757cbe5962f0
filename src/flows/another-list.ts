/** The list that people work from must not hold what is forbidden by now: a rule was added, or its hours have begun. */

import { forbids } from "../catalog/constraints.ts";
import { listInForce } from "../incident/board.ts";
import type { Situation } from "../suggestion/propose.ts";
import type { NewJob } from "./change.ts";
import type { World } from "./ports.ts";
import { suggestionsOf, type Shown } from "./show-incident.ts";

/** Another list, where the one in force holds a step that the rules forbid; `because` makes it one of its kind. */
export function anotherList(
  world: World,
  shown: Shown,
  { constraints, at }: Pick<Situation, "constraints" | "at">,
  because: string,
): NewJob[] {
  const { incident, stored } = shown;
  const list = listInForce(incident);
  const isHeld =
    list !== undefined &&
    suggestionsOf(shown, list).some(({ stepId: id, risk, mechanism, how }) => {
      const commands = [how?.command, how?.undo].filter((each) => each !== undefined);
      return (
        forbids(constraints, { id, risk, mechanism, commands }, at, incident.severity) !== null
      );
    });
  return isHeld ? [newList(world, stored, because)] : [];
}

export function newList(
  world: World,
  { id, channel }: Pick<Shown["stored"], "id" | "channel">,
  because: string,
): NewJob {
  const job = { kind: "investigate", channel, incident: id, asked: null } as const;
  return { id: world.idOf(`investigate ${because}`), job };
}
