/** Which severity an incident has: four buttons, to the asker alone. */

import { severityChoice } from "../message/asides.ts";
import type { IncidentId } from "../vocabulary.ts";
import type { World } from "./ports.ts";
import { runElsewhere } from "./run-elsewhere.ts";
import { refuse, tell, type Asker } from "./tell.ts";

export function askSeverity(
  world: World,
  asker: Asker & { readonly incident: IncidentId },
): Promise<void> {
  const elsewhere = runElsewhere(world, null, "severity-set");
  if (elsewhere !== null) return refuse(world, asker, elsewhere);
  return tell(world, asker, severityChoice(asker.incident));
}
