/** Action items in a postmortem's Markdown: what is proposed there, and what is on record, in a block of its own. */

import { actionsTitle } from "./document.ts";
import { asSentence, inOrder, type ActionItem } from "./action-record.ts";
import { linkTo, literal, plainText } from "./markdown.ts";
import { joined, partsOf, titleOf, type MarkdownPart } from "./parts.ts";
import { longDate, person, type PostmortemView } from "./view.ts";

const begin = "<!-- action items on record -->";
const end = "<!-- end of what is on record -->";
const block = new RegExp(`\\n*${begin}[^]*?(?:${end}|$)\\n*`, "g");
const textMax = 1_000;

/** What stands as a task below the heading and is not on record, as it is read. */
export function proposalsIn(markdown: string): readonly string[] {
  const part = partsOf(markdown).find(isActions);
  if (part === undefined) return [];
  return part.body
    .replaceAll(block, "\n")
    .split("\n")
    .flatMap((line) => proposalOf(line) ?? []);
}

function isActions(part: MarkdownPart): boolean {
  return titleOf(part) === actionsTitle;
}

/** Without the blanks for an owner and a date, and without where it is from. */
function proposalOf(line: string): string | null {
  const [, task = ""] = /^- \[ \] (.+)$/.exec(line) ?? [];
  const [text = ""] = task.split(" Owner: ");
  return text.trim() === "" ? null : plainText(text).trim();
}

/** Where the heading is missing it is put at the end. `isTaken`: that proposal is on record by now, and is told there alone. */
export function withRecords(
  markdown: string,
  {
    items,
    isTaken,
    ...naming
  }: Pick<PostmortemView, "people" | "hosts"> & {
    readonly items: readonly ActionItem[];
    readonly isTaken: (proposal: string) => boolean;
  },
): string {
  if (items.length === 0) return markdown;
  const parts = partsOf(markdown);
  const own = parts.find(isActions) ?? { heading: `## ${actionsTitle}`, body: "" };
  const kept = own.body
    .replaceAll(block, "\n")
    .split("\n")
    .filter((line) => {
      const proposal = proposalOf(line);
      return proposal === null || !isTaken(proposal);
    })
    .join("\n")
    .trim();
  const lines = inOrder(items).map((item) => recordLine(item, naming));
  const told = [begin, ...lines, end].join("\n");
  const body = `\n\n${kept === "" ? "" : `${kept}\n\n`}${told}\n`;
  return joined(
    parts.some(isActions)
      ? parts.map((part) => (isActions(part) ? { ...part, body } : part))
      : [...parts, { ...own, body }],
  );
}

const boxes = { open: "[ ]", done: "[x]", dropped: "[x] Dropped:" } as const;

function recordLine(item: ActionItem, naming: Pick<PostmortemView, "people" | "hosts">): string {
  const { state, text, owner, due, priority, link, by, at } = item;
  const told = [
    `${priority}.`,
    `Owner: ${owner === null ? "nobody yet" : person(naming, owner)}.`,
    `Due: ${due ?? "not set"}.`,
    ...(link === null ? [] : [linkTo(literal(link), link, naming.hosts)]),
  ];
  const from = `recorded by ${person(naming, by)}, ${longDate(at)}`;
  return `- ${boxes[state]} ${literal(asSentence(text), textMax)} ${told.join(" ")} (${from})`;
}
