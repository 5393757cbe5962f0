/** Clients of databases, by the statements that they are given. */

import { together, type CommandClass } from "./class.ts";
import { has, parted, valuesOf } from "./options.ts";
import type { Argument } from "./shell.ts";
import { classifySql, runsInComment } from "./sql.ts";

/** `fed`: what here-documents feed in; null one that is only known when it runs. null: no client of a database. */
export async function databaseClient(
  program: string,
  words: readonly Argument[],
  fed: readonly (string | null)[],
): Promise<CommandClass | null> {
  switch (program) {
    case "psql":
      return await psql(words, fed);
    case "mysql":
    case "mariadb":
      return await mysql(words, fed);
    case "redis-cli":
    case "valkey-cli":
      return redis(words, fed);
    case "mongosh":
    case "mongo":
      return mongo(words);
    case "sqlite3":
    case "clickhouse-client":
    case "cqlsh":
      return "unknown";
    default:
      return null;
  }
}

async function psql(
  words: readonly Argument[],
  fed: readonly (string | null)[],
): Promise<CommandClass> {
  const parts = parted(words, {
    valued:
      "-c --command -f --file -h --host -p --port -U --username -d --dbname -F -R -P --pset -v --set --variable -o --output -L --log-file -T".split(
        " ",
      ),
  });
  if (has(parts, "-o", "--output", "-L", "--log-file")) return "state-changing";
  if (has(parts, "-f", "--file", "-v", "--set", "--variable")) return "unknown";
  if (has(parts, "-l", "--list", "--version", "-V")) return "read-only";
  return await statements(words, valuesOf(parts, "-c", "--command"), fed, psqlOwn);
}

/** psql's own commands that only show something. */
const psqlShows =
  /^\\(?:d\w*\+?|l\+?|z|dp|conninfo|timing|x|pset|encoding|sf\+?|sv\+?|q|\?|h)(?:\s[^|`!\\]*)?$/;

function psqlOwn(line: string): CommandClass | null {
  if (!line.startsWith("\\")) return null;
  return psqlShows.test(line) ? "read-only" : "unknown";
}

async function mysql(
  words: readonly Argument[],
  fed: readonly (string | null)[],
): Promise<CommandClass> {
  const parts = parted(words, {
    valued: "-e --execute -h --host -P --port -u --user -D --database -S --socket".split(" "),
  });
  if (has(parts, "--tee", "--init-command", "--pager")) return "unknown";
  if (has(parts, "--version", "-V")) return "read-only";
  // MySQL runs what stands in some comments, and has other comments and quotes than PostgreSQL, by whose rules it is read.
  const texts = [...valuesOf(parts, "-e", "--execute"), ...fed];
  if (texts.some((text) => runsInComment.test(text ?? ""))) return "state-changing";
  if (texts.some((text) => /\/\*|--|[$#]|\\(?![gG]\s*$)/.test(text ?? ""))) return "unknown";
  return await statements(words, valuesOf(parts, "-e", "--execute"), fed, mysqlOwn);
}

/** What only MySQL has, in its own words. */
export function mysqlOwn(text: string): CommandClass | null {
  const statement = text
    .trim()
    .replace(/(?:;|\\G)\s*$/, "")
    .trim();
  if (statement.includes(";")) return null;
  const shows =
    /^show\s+(?:full\s+|global\s+|session\s+|open\s+|extended\s+)*(?:processlist|status|variables|tables|databases|schemas|columns|fields|index(?:es)?|indexes|keys|grants|engines?|master|slave|replica|binary|warnings|errors|table|create|plugins|open|events|triggers|collation|character)\b[\w\s.`'%=,@-]*$/i;
  return shows.test(statement) || /^(?:desc|describe|status)\s*[\w.`]*$/i.test(statement)
    ? "read-only"
    : null;
}

async function statements(
  words: readonly Argument[],
  given: readonly string[],
  fed: readonly (string | null)[],
  own: (text: string) => CommandClass | null,
): Promise<CommandClass> {
  // A text with something in it that is only known when it runs may hold any statement.
  const isOpen = words.some(({ isLiteral, text }) => !isLiteral && /\s/.test(text));
  if (isOpen) return "unknown";
  const texts = [...given, ...fed];
  if (texts.length === 0) return "unknown";
  const classes = texts.map(async (text): Promise<CommandClass> => {
    if (text === null || text.trim() === "") return "unknown";
    return own(text.trim()) ?? (await classifySql(text.replace(/\\[gG]\s*$/, "")));
  });
  return together(await Promise.all(classes));
}

const redisReading = new Set(
  (
    "get mget info ping ttl pttl exists type strlen getrange llen lrange lindex scard smembers sismember srandmember hget hmget " +
    "hgetall hkeys hvals hlen hexists hscan sscan zscan scan keys zcard zrange zrangebyscore zrevrange zscore zrank zcount dbsize " +
    "randomkey object lastsave time role xlen xrange xrevrange xinfo xpending pfcount bitcount getbit geopos command lolwut echo dump"
  ).split(" "),
);
const redisPairs =
  /^(?:config get|client (?:list|info|id|getname|no-evict)|slowlog (?:get|len)|latency (?:latest|history|doctor|graph|histogram)|memory (?:usage|stats|doctor|malloc-stats)|cluster (?:info|nodes|slots|shards|myid|keyslot|countkeysinslot|links)|acl (?:list|whoami|users|cat)|pubsub \w+|sentinel (?:masters?|slaves|replicas|sentinels|get-master-addr-by-name|ckquorum)|module list|script exists|debug sleep-no)$/;

function redis(words: readonly Argument[], fed: readonly (string | null)[]): CommandClass {
  const parts = parted(words, {
    valued: "-h -p -a -n -u -s -r -i --user --pass".split(" "),
    stopsAtRest: true,
  });
  if (has(parts, "--pipe", "--eval", "-x", "--functions-rdb", "--rdb", "--cluster"))
    return "unknown";
  const [verb, second] = parts.rest.map(({ text }) => text.toLowerCase());
  if (verb === undefined) {
    return fed.length === 0 &&
      has(
        parts,
        "--stat",
        "--bigkeys",
        "--memkeys",
        "--latency",
        "--latency-history",
        "--version",
        "--hotkeys",
      )
      ? "read-only"
      : "unknown";
  }
  if (parts.rest[0]?.isLiteral !== true) return "unknown";
  if (redisReading.has(verb) || redisPairs.test(`${verb} ${second ?? ""}`)) return "read-only";
  return /^(?:eval\w*|script|function|fcall|module|debug|acl|cluster|client|latency|memory|slowlog|sentinel|object)$/.test(
    verb,
  ) &&
    !/^(?:flush|kill|reset|failover|set|del|forget|load|unload|segfault|reload|purge|pause)/.test(
      second ?? "",
    )
    ? "unknown"
    : "state-changing";
}

/** One call that only looks, and nothing beside it. */
const mongoReading =
  /^(?:db\.(?:currentOp|serverStatus|stats|version|getCollectionNames|hello|isMaster|hostInfo|getProfilingStatus|printReplicationInfo|printSecondaryReplicationInfo)\((?:[^;(){}]|\{(?:[^(){};]|\{[^(){};]*\})*\})*\)|rs\.(?:status|conf|printReplicationInfo|printSecondaryReplicationInfo)\(\)|sh\.status\(\)|show (?:dbs|collections|users|profile)|db(?:\.\w+|\.getCollection\("\w+"\)|\["\w+"\])\.(?:find|findOne|count|countDocuments|estimatedDocumentCount|stats|getIndexes|explain|distinct|totalSize)\((?:[^;(){}]|\{[^(){};]*\})*\)(?:\.(?:limit|sort|count|pretty|explain|toArray|skip|size)\([^(){};]*\))*)$/;

function mongo(words: readonly Argument[]): CommandClass {
  const parts = parted(words, {
    valued:
      "--eval --host --port -u -p --username --password --authenticationDatabase -f --file".split(
        " ",
      ),
  });
  if (has(parts, "-f", "--file")) return "unknown";
  const texts = valuesOf(parts, "--eval");
  const isJustThat =
    texts.length > 0 &&
    parts.rest.length <= 1 &&
    !parts.rest.some(({ text }) => text.endsWith("js")) &&
    words.every(({ isLiteral }) => isLiteral);
  return isJustThat && texts.every((text) => mongoReading.test(text.trim().replace(/;$/, "")))
    ? "read-only"
    : "unknown";
}
