/** Commands as they are typed in incidents, labelled by hand: one a line (␤ ends a line within one), and here more of several lines. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

const linesOf = (name: string): readonly string[] =>
  readFileSync(join(import.meta.dirname, name), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replaceAll("␤", "\n"));

/** Written after all the others, raw SQL among them, and scored once before anything was mended on them (docs/benchmarks.md). */
export const fourthRound = {
  safe: linesOf("safe-commands-fourth-round.txt"),
  unsafe: linesOf("unsafe-commands-fourth-round.txt"),
};

/** They only read. */
export const safe: readonly string[] = [
  ...linesOf("safe-commands.txt"),
  ...fourthRound.safe,
  "select 1",
  "kubectl get pods \\\n  -n shop \\\n  -o wide",
  '# who is waiting\npsql -c "select count(*) from pg_locks where not granted"\n',
  "psql orders <<'SQL'\nselect count(*) from orders;\nshow max_connections;\nSQL",
  "cat <<'NOTE'\nrm -rf /data\nNOTE",
  "uptime\nfree -m\ndf -h\n",
];

/** They change something, or may: nobody could tell by reading them. */
export const unsafe: readonly string[] = [
  ...linesOf("unsafe-commands.txt"),
  ...fourthRound.unsafe,
  "kubectl get pods\nkubectl delete pod x",
  "kubectl get \\\npods; kubectl \\\ndelete pod x",
  "ls\rrm -rf /data",
  "ls #\nrm -rf /data",
  "sh <<'E'\nrm -rf /data\nE",
  "bash <<E\nrm -rf /data\nE",
  "psql <<'SQL'\nselect 1;\ndelete from orders;\nSQL",
  "psql <<SQL\nselect $x;\nSQL",
  "cat <<E\n$(rm -rf /data)\nE",
  "cat > /etc/cron.d/x <<'E'\n* * * * * root rm -rf /data\nE",
  "ssh db-1 <<'E'\nrm -rf /data\nE",
  "if true\nthen\n  rm x\nfi",
  "ls 'unclosed",
  "ls $(",
  "",
  "   ",
  "rm\\\n -rf /data",
  "a=$(rm x)",
  "ls\u00a0;rm x",
];
