/** Why a model gave nothing of use, in words that people read, and how it is mended. */

export type AwayBecause =
  | "no-answer"
  | "unreachable"
  | "wrong-key"
  | "not-served-here"
  | "unknown-model"
  | "rate-limited"
  | "quota"
  | "too-long"
  | "refused"
  | "empty"
  | "cut"
  | "senseless"
  | "failed"
  | "resting"
  | "no-tools"
  | "question-ceiling"
  | "incident-ceiling"
  | "incident-cost"
  | "day-ceiling"
  | "day-cost"
  | "interrupted"
  | "late";

interface Words {
  /** Goes after "The model is away: ". */
  readonly said: string;
  readonly mend: string;
}

const words: Readonly<Record<AwayBecause, Words>> = {
  "no-answer": {
    said: "no answer in 25 s",
    mend: "see how busy its server is, or name a faster model in OPENAI_MODEL",
  },
  unreachable: {
    said: "its server cannot be reached",
    mend: "check OPENAI_BASE_URL, and that this machine may reach it",
  },
  "wrong-key": { said: "its server does not accept the key", mend: "check OPENAI_API_KEY" },
  "not-served-here": {
    said: "its provider does not serve this country",
    mend: "let OPENAI_BASE_URL lead to a provider that serves where this machine is",
  },
  "unknown-model": {
    said: "its server has no such model",
    mend: "check OPENAI_MODEL, and that OPENAI_BASE_URL ends where the API begins, often in /v1; the server's path /models lists what it has",
  },
  "rate-limited": {
    said: "its server is asked too often",
    mend: "raise the limit at the provider, or lower MODEL_TOKENS_MAX_DAY",
  },
  quota: {
    said: "its account is used up",
    mend: "see the billing of the account that OPENAI_API_KEY belongs to",
  },
  "too-long": {
    said: "it takes less text than there is",
    mend: "name a model with a context of 16,000 tokens or more in OPENAI_MODEL, or give it that much at its server",
  },
  refused: { said: "it refused to answer", mend: "name another model in OPENAI_MODEL" },
  empty: { said: "it answered nothing", mend: "name another model in OPENAI_MODEL" },
  cut: {
    said: "its answer was too long and cut off",
    mend: "name a model in OPENAI_MODEL that answers without thinking first: 1,000 tokens are for the answer",
  },
  senseless: {
    said: "its answer could not be read",
    mend: "name a model in OPENAI_MODEL that keeps to a JSON schema",
  },
  failed: { said: "its server failed", mend: "see the log of its server" },
  resting: {
    said: "its server failed before and is left alone for now",
    mend: "see the log for why; it is asked again by itself",
  },
  "no-tools": {
    said: "its server takes no tools",
    mend: "set MODEL_TOOLS=no, so that questions are answered from what is known alone; or let the server take them: vLLM by --enable-auto-tool-choice and --tool-call-parser, llama.cpp by --jinja, Ollama by a model that has tools",
  },
  "question-ceiling": {
    said: "this question has used its tokens",
    mend: "name a model in OPENAI_MODEL that answers without thinking first: a question has 6,000 tokens in and 600 out",
  },
  "incident-ceiling": {
    said: "this incident has too few tokens left",
    mend: "MODEL_TOKENS_MAX_INCIDENT sets how many it has",
  },
  "incident-cost": {
    said: "this incident has too little money left",
    mend: "MODEL_COST_MAX_INCIDENT sets how much it has",
  },
  "day-ceiling": {
    said: "too few tokens are left of this day",
    mend: "MODEL_TOKENS_MAX_DAY sets how many there are; the day is UTC's",
  },
  "day-cost": {
    said: "too little money is left of this day",
    mend: "MODEL_COST_MAX_DAY sets how much there is; the day is UTC's",
  },
  late: {
    said: "it took longer than 40 s",
    mend: "see how busy its server is, or name a faster model in OPENAI_MODEL",
  },
  interrupted: {
    said: "no answer of it was kept",
    mend: "this program ended, or its database did not answer, while it was asked; the next incident asks it again",
  },
};

export function awayWords(because: AwayBecause): Words {
  return words[because];
}

/** What an incident, or the day, may use up is reached. */
export function isCeiling(because: AwayBecause): because is Ceiling {
  return ceilings.some((each) => each === because);
}

const ceilings = ["incident-ceiling", "incident-cost", "day-ceiling", "day-cost"] as const;

export type Ceiling = (typeof ceilings)[number];
