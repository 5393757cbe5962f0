/** The shapes of GitHub's REST API, as far as they are used. */

import { z } from "zod";

const seconds = z.iso
  .datetime({ offset: true })
  .transform((time) => Math.floor(Date.parse(time) / 1000));
const link = z.string().optional();

export const commitSchema = z.object({
  sha: z.string(),
  html_url: link,
  commit: z.object({
    message: z.string(),
    author: z.object({ name: z.string().optional() }).nullish(),
    committer: z.object({ date: seconds }),
  }),
  author: z.object({ login: z.string().optional() }).nullish(),
  parents: z.array(z.object({ sha: z.string() })).default([]),
});
export type CommitShape = z.infer<typeof commitSchema>;

const fileSchema = z.object({ filename: z.string(), patch: z.string().optional() });

export const detailSchema = commitSchema.extend({ files: z.array(fileSchema).default([]) });
export type DetailShape = z.infer<typeof detailSchema>;
export type FileShape = z.infer<typeof fileSchema>;

export const pullSchema = z.object({
  number: z.number(),
  title: z.string(),
  html_url: link,
  user: z.object({ login: z.string() }).nullish(),
  merged_at: seconds.nullable(),
  merge_commit_sha: z.string().nullable(),
  head: z.object({ sha: z.string() }),
  base: z.object({
    ref: z.string(),
    repo: z.object({ default_branch: z.string().optional() }).optional(),
  }),
});
export type PullShape = z.infer<typeof pullSchema>;

export const deploymentSchema = z.object({
  id: z.number(),
  sha: z.string(),
  ref: z.string(),
  environment: z.string(),
  created_at: seconds,
  creator: z.object({ login: z.string() }).nullish(),
});
export type DeploymentShape = z.infer<typeof deploymentSchema>;

export const statusSchema = z.object({
  state: z.string(),
  created_at: seconds,
  log_url: link,
  environment_url: link,
});

export const compareSchema = z.object({
  status: z.enum(["ahead", "behind", "identical", "diverged"]),
  html_url: link,
  commits: z.array(z.object({ sha: z.string() })),
  files: z.array(fileSchema).default([]),
});
export type CompareShape = z.infer<typeof compareSchema>;

export const releaseSchema = z.object({
  id: z.number(),
  tag_name: z.string(),
  name: z.string().nullish(),
  html_url: link,
  draft: z.boolean(),
  published_at: seconds.nullable(),
  author: z.object({ login: z.string() }).nullish(),
});
