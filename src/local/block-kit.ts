/** Block Kit as Slack checks it: which blocks there are, what each may hold, and the refusals in Slack's words. */
import { z } from "zod";
import {
  anyText,
  button,
  channelsSelect,
  checkboxes,
  datepicker,
  image,
  limits,
  overflow,
  plain,
  radioButtons,
  staticSelect,
  textInput,
  timepicker,
  upTo,
  usersSelect,
} from "./elements.ts";

const blockId = { block_id: z.string().max(limits.blockId).optional() };

const clickable = [
  button,
  overflow,
  staticSelect,
  usersSelect,
  channelsSelect,
  datepicker,
  timepicker,
  radioButtons,
  checkboxes,
] as const;
const inputElement = z.discriminatedUnion("type", [
  staticSelect,
  usersSelect,
  channelsSelect,
  datepicker,
  timepicker,
  radioButtons,
  checkboxes,
  textInput,
]);
const accessory = z.discriminatedUnion("type", [...clickable, image]);
const actionElement = z.discriminatedUnion("type", clickable);

const block = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("section"),
    text: anyText(limits.sectionText).optional(),
    fields: z.array(anyText(limits.fieldText)).min(1).max(limits.sectionFields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
    ...blockId,
  }),
  z.strictObject({
    type: z.literal("actions"),
    elements: z.array(actionElement).min(1).max(limits.actionsElements),
    ...blockId,
  }),
  z.strictObject({
    type: z.literal("context"),
    elements: z
      .array(z.discriminatedUnion("type", [image, ...anyText(limits.sectionText).options]))
      .min(1)
      .max(limits.contextElements),
    ...blockId,
  }),
  z.strictObject({ type: z.literal("divider"), ...blockId }),
  z.strictObject({ type: z.literal("header"), text: plain(limits.headerText), ...blockId }),
  image.extend({ title: plain(2000).optional(), ...blockId }),
  z.strictObject({
    type: z.literal("input"),
    label: plain(limits.label),
    element: inputElement,
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    ...blockId,
  }),
  z.strictObject({
    type: z.literal("rich_text"),
    elements: z.array(z.looseObject({ type: z.string() })),
    ...blockId,
  }),
  z.strictObject({ type: z.literal("markdown"), text: upTo(12_000), ...blockId }),
]);

export type Block = z.output<typeof block>;
export type Element = z.output<typeof inputElement> | z.output<typeof accessory>;

const blocksSchema = (max: number) =>
  z
    .array(block)
    .max(max)
    .superRefine((all, context) => {
      all.forEach((each, index) => refine(each, index, context));
      const seen = new Set<string>();
      all.forEach((each, index) => {
        if (each.block_id === undefined) return;
        if (seen.has(each.block_id))
          context.addIssue({
            code: "custom",
            message: `block_id already exists: ${each.block_id}`,
            path: [index, "block_id"],
          });
        seen.add(each.block_id);
      });
    });

/** What a schema cannot say by shape alone. */
function refine(each: Block, index: number, context: z.RefinementCtx): void {
  const refuse = (message: string, ...path: (string | number)[]) =>
    context.addIssue({ code: "custom", message, path: [index, ...path] });
  if (each.type === "section" && each.text === undefined && each.fields === undefined)
    refuse("missing required field: text");
  if (each.type === "image" && each.image_url === undefined && each.slack_file === undefined)
    refuse("missing required field: image_url");
  if (each.type === "actions") {
    const ids = each.elements.flatMap((element) => element.action_id ?? []);
    if (new Set(ids).size < ids.length)
      refuse("action_id already exists in this block", "elements");
  }
}

/** The view that an app may open: a modal with at most 100 blocks, and a submit button when it asks for input. */
const view = z
  .strictObject({
    type: z.literal("modal"),
    title: plain(limits.modalTitle),
    blocks: blocksSchema(limits.modalBlocks),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    private_metadata: z.string().max(limits.privateMetadata).optional(),
    callback_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    external_id: z.string().max(255).optional(),
    submit_disabled: z.boolean().optional(),
  })
  .superRefine((modal, context) => {
    if (modal.submit === undefined && modal.blocks.some((each) => each.type === "input"))
      context.addIssue({ code: "custom", message: "missing required field: submit", path: [] });
  });
export type ViewInput = z.output<typeof view>;

export type Checked<T> = { readonly value: T } | { readonly problems: readonly string[] };

/** Message blocks, at most 50; `problems` are Slack's `response_metadata.messages`. */
export const checkBlocks = (input: unknown): Checked<Block[]> =>
  checked(blocksSchema(limits.messageBlocks), input, "/blocks");

export const checkView = (input: unknown): Checked<ViewInput> => checked(view, input, "/view");

function checked<T>(schema: z.ZodType<T>, input: unknown, root: string): Checked<T> {
  const result = schema.safeParse(input);
  if (result.success) return { value: result.data };
  return {
    problems: result.error.issues.map(
      (issue) => `[ERROR] ${words(issue)} [json-pointer:${[root, ...issue.path].join("/")}]`,
    ),
  };
}

/** Slack's words for what is wrong; where Slack's are not known, the checker's own. */
function words(issue: z.core.$ZodIssue): string {
  const isList = "origin" in issue && issue.origin === "array";
  if (issue.code === "too_big")
    return isList
      ? `no more than ${issue.maximum} items allowed`
      : `must be less than ${Number(issue.maximum) + 1} characters`;
  if (issue.code === "too_small")
    return isList
      ? `must provide at least ${issue.minimum} items`
      : "must be more than 0 characters";
  if (issue.code === "unrecognized_keys")
    return `invalid additional property: ${issue.keys.join(", ")}`;
  if (issue.code === "invalid_union") return "unsupported type";
  if (issue.code !== "invalid_type") return issue.message;
  return issue.input === undefined
    ? `missing required field: ${String(issue.path.at(-1) ?? "blocks")}`
    : `expected ${issue.expected}`;
}
