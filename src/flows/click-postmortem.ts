/** A click on one of the buttons below a postmortem or its action items. */

import type { Click } from "../message/actions.ts";
import { editPart, editPostmortem } from "./edit-postmortem.ts";
import type { Deed } from "./may-change.ts";
import { clickAction } from "./keep-actions.ts";
import type { World } from "./ports.ts";
import { movePostmortem } from "./publish-postmortem.ts";

type PostmortemClick = Extract<
  Click,
  { kind: "postmortem" | "postmortem-part" | "action" | "action-item" }
>;

export async function clickPostmortem(
  world: World,
  deed: Deed & { readonly triggerId?: string | null },
  click: PostmortemClick,
): Promise<void> {
  if (click.kind === "postmortem-part") return editPart(world, deed, click);
  if (click.kind !== "postmortem") return clickAction(world, deed, click);
  const stored = await world.store.incident(world.workspace, deed.incident);
  if (stored === null) return;
  switch (click.deed) {
    case "edit":
      return editPostmortem(world, deed, { stored, heading: "" });
    case "review":
      return movePostmortem(world, deed, { stored, to: "in-review" });
    case "publish":
      return movePostmortem(world, deed, { stored, to: "published" });
  }
}
