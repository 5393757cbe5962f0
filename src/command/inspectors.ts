/** Programs that look into a host, a process, a certificate or an archive, some of which can do more than that. */

import type { CommandClass } from "./class.ts";
import { has, parted } from "./options.ts";
import { list } from "./program-lists.ts";
import type { Argument } from "./shell.ts";

export type Judge = (words: readonly Argument[]) => CommandClass;

export const inspectors: Readonly<Record<string, Judge>> = {
  perf: (words) => {
    const [verb, ...rest] = parted(words, {
      valued: ["-p", "-e", "-t", "-C", "-r", "-I", "-F", "--pid"],
    }).rest;
    const runs = rest.length > 0 && !(rest[0]?.text === "sleep" && rest.length === 2);
    return verb?.text === "stat" && runs ? "unknown" : oneOf(words, "top stat list", "record");
  },
  resolvectl: (words) =>
    words.length === 0
      ? "read-only"
      : oneOf(
          words,
          "status query statistics service",
          "flush-caches dns domain revert reset-statistics",
        ),
  ethtool: (words) => {
    const known = /^(?:-[SikglcamTnuxP]|--(?:statistics|driver|show-\w[\w-]*|module-info))$/;
    return words.every(({ text }) => !text.startsWith("-") || known.test(text)) &&
      parted(words).rest.length === 1
      ? "read-only"
      : "state-changing";
  },
  jmap: (words) =>
    words.some(({ text }) => text.startsWith("-dump"))
      ? "state-changing"
      : words.some(({ text }) => text === "-histo" || text === "-clstats")
        ? "read-only"
        : "unknown",
  jcmd: (words) => {
    const verb = words[1]?.text ?? "";
    if (words.length === 0 || /^-[lh]$/.test(words[0]?.text ?? "")) return "read-only";
    if (
      /^(?:Thread\.print|VM\.(?:version|uptime|flags|system_properties|command_line|native_memory|info|metaspace|classloader_stats)|GC\.(?:heap_info|class_histogram|finalizer_info)|Compiler\.(?:codecache|queue)|help)$/.test(
        verb,
      )
    )
      return "read-only";
    return /^(?:GC\.(?:run|heap_dump)|VM\.set_flag|JFR\.)/.test(verb)
      ? "state-changing"
      : "unknown";
  },
  "py-spy": (words) => oneOf(words, "dump top", "record"),
  bpftrace: (words) => (has(parted(words), "--unsafe", "-o", "-c") ? "unknown" : "read-only"),
  tar: (words) => {
    const mode = words[0]?.text ?? "";
    if (words.slice(1).some(({ text }) => text.startsWith("-"))) return "state-changing";
    return /^-?[zjJv]*t[zjJvf]*$/.test(mode) ? "read-only" : "state-changing";
  },
  openssl: (words) =>
    words.some(({ text }) =>
      /^--?(?:out|keyout|respout|reqout|sess_out|keylogfile|msgfile|writerand|engine|provider(?:-path)?|CAcreateserial)(?:=|$)/.test(
        text,
      ),
    )
      ? "state-changing"
      : oneOf(
          words,
          "s_client x509 verify version ciphers crl ocsp dgst asn1parse",
          "genrsa genpkey req ca",
        ),
  mysqladmin: (words) =>
    oneOf(
      words,
      "status ping processlist extended-status variables version",
      "kill shutdown flush-hosts flush-logs flush-tables drop create refresh reload",
      ["-h", "-u", "-p", "-P", "-i", "-c"],
    ),
  promtool: (words) => oneOf(words, "query check test debug"),
  iptables,
  ip6tables: iptables,
  python: pythonModule,
  python3: pythonModule,
};

function oneOf(
  words: readonly Argument[],
  readingVerbs: string,
  changingVerbs = "",
  valued: readonly string[] = [],
): CommandClass {
  const verb = parted(words, { valued }).rest[0];
  if (verb === undefined || !verb.isLiteral) return "unknown";
  if (list(readingVerbs).includes(verb.text)) return "read-only";
  return list(changingVerbs).includes(verb.text) ? "state-changing" : "unknown";
}

function iptables(words: readonly Argument[]): CommandClass {
  const parts = parted(words, { valued: ["-t", "--table"] });
  const changes = list(
    "-A -D -I -R -F -Z -N -X -P -E --append --delete --insert --replace --flush --zero --new-chain --policy",
  );
  const isListing = has(parts, "-L", "-S", "--list", "--list-rules");
  return isListing && !has(parts, ...changes) ? "read-only" : "state-changing";
}

function pythonModule(words: readonly Argument[]): CommandClass {
  const [option, module] = words;
  if (words.length === 1 && /^(?:--version|-V)$/.test(option?.text ?? "")) return "read-only";
  const isReader =
    option?.text === "-m" && /^(?:json\.tool|platform|site|sysconfig)$/.test(module?.text ?? "");
  return isReader && words.length <= 3 ? "read-only" : "unknown";
}
