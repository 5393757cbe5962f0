/** The parts of Block Kit that sit inside blocks (texts, options, buttons, menus, inputs), with Slack's limits. */
import { z } from "zod";

/** Slack's published limits, in characters unless the name says otherwise. */
export const limits = {
  buttonText: 75,
  optionText: 75,
  optionValue: 150,
  value: 2000,
  actionId: 255,
  blockId: 255,
  sectionText: 3000,
  fieldText: 2000,
  headerText: 150,
  altText: 2000,
  label: 2000,
  overflowOptions: 5,
  selectOptions: 100,
  radioOptions: 10,
  actionsElements: 25,
  contextElements: 10,
  sectionFields: 10,
  messageBlocks: 50,
  modalBlocks: 100,
  modalTitle: 24,
  messageText: 40_000,
  attachments: 100,
  privateMetadata: 3000,
} as const;

export const upTo = (max: number) => z.string().min(1).max(max);
export const plain = (max: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: upTo(max),
    emoji: z.boolean().optional(),
  });
const markdown = (max: number) =>
  z.strictObject({
    type: z.literal("mrkdwn"),
    text: upTo(max),
    verbatim: z.boolean().optional(),
  });
export const anyText = (max: number) => z.discriminatedUnion("type", [plain(max), markdown(max)]);

const confirm = z.strictObject({
  title: plain(100),
  text: anyText(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(["primary", "danger"]).optional(),
});

const option = z.strictObject({
  text: anyText(limits.optionText),
  value: upTo(limits.optionValue),
  description: anyText(75).optional(),
  url: z.string().max(3000).optional(),
});

const options = (max: number) => z.array(option).min(1).max(max);
const action = { action_id: z.string().max(limits.actionId).optional() };
const asked = {
  ...action,
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const menu = { ...asked, placeholder: plain(150).optional() };

export const image = z.strictObject({
  type: z.literal("image"),
  image_url: z.url().max(3000).optional(),
  slack_file: z.strictObject({ id: z.string().optional(), url: z.string().optional() }).optional(),
  alt_text: z.string().max(limits.altText),
});

export const button = z.strictObject({
  type: z.literal("button"),
  text: plain(limits.buttonText),
  value: z.string().max(limits.value).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: z.string().max(75).optional(),
  ...action,
  confirm: confirm.optional(),
});
export const overflow = z.strictObject({
  type: z.literal("overflow"),
  options: options(limits.overflowOptions),
  ...action,
  confirm: confirm.optional(),
});
export const staticSelect = z.strictObject({
  type: z.literal("static_select"),
  options: options(limits.selectOptions).optional(),
  option_groups: z
    .array(z.strictObject({ label: plain(75), options: options(limits.selectOptions) }))
    .max(100)
    .optional(),
  initial_option: option.optional(),
  ...menu,
});
export const usersSelect = z.strictObject({
  type: z.literal("users_select"),
  initial_user: z.string().optional(),
  ...menu,
});
export const channelsSelect = z.strictObject({
  type: z.enum(["channels_select", "conversations_select"]),
  initial_channel: z.string().optional(),
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
  response_url_enabled: z.boolean().optional(),
  filter: z.looseObject({}).optional(),
  ...menu,
});
export const datepicker = z.strictObject({
  type: z.literal("datepicker"),
  initial_date: z.iso.date().optional(),
  ...menu,
});
export const timepicker = z.strictObject({
  type: z.literal("timepicker"),
  initial_time: z.string().optional(),
  timezone: z.string().optional(),
  ...menu,
});
export const radioButtons = z.strictObject({
  type: z.literal("radio_buttons"),
  options: options(limits.radioOptions),
  initial_option: option.optional(),
  ...asked,
});
export const checkboxes = z.strictObject({
  type: z.literal("checkboxes"),
  options: options(limits.radioOptions),
  initial_options: options(limits.radioOptions).optional(),
  ...asked,
});
export const textInput = z.strictObject({
  type: z.literal("plain_text_input"),
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
  dispatch_action_config: z.looseObject({}).optional(),
  focus_on_load: z.boolean().optional(),
  placeholder: plain(150).optional(),
  ...action,
});
