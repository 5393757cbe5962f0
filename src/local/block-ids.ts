/** Ids of blocks and elements, which Slack makes up where an app left them out. */
import type { Block } from "./block-kit.ts";
import { newId } from "./ids.ts";

/** Gives every block and every interactive element the id that its author left out, as Slack does. */
export function withIds<B extends Block>(blocks: readonly B[]): B[] {
  return blocks.map((block) => {
    const copy = { block_id: newId("").slice(0, 5), ...block };
    if ("accessory" in copy && copy.accessory !== undefined)
      copy.accessory = identified(copy.accessory);
    if (copy.type === "actions") copy.elements = copy.elements.map(identified);
    if (copy.type === "input") copy.element = identified(copy.element);
    return copy;
  });
}

function identified<T extends { readonly type: string }>(element: T): T {
  return element.type === "image" ? element : { action_id: newId("").slice(0, 5), ...element };
}
