import { test } from "node:test";
import { falls, holds } from "./holding.ts";

test("a number is kept within the rounding in which it is told, in any unit", async () => {
  for (const text of [
    "p99 of checkout rose from 0.4 s to 4.1 s.",
    "p99 of checkout: 400 ms → 4,120 ms",
    "p99 of checkout is about 4 s now.",
    "p99 of checkout went up 10×.",
    "p99 of checkout rose by 3.7 s.",
    "p99 of checkout is above four seconds.",
    "p99 of checkout is ten times what it was.",
    "p99 of checkout was 0.4 s before 14:02 and is 4.1 s since.",
  ])
    await holds(text, "metric:0");
  for (const text of [
    "p99 of checkout rose from 0.4 s to 4.3 s.",
    "p99 of checkout rose from 4.1 s to 0.4 s.",
    "p99 of checkout is 4.1 ms now.",
    "p99 of checkout is about 5 s now.",
    "p99 of checkout has doubled.",
    "p99 of checkout is above 5 s.",
    "p99 of checkout rose by 4.1 s.",
  ])
    await falls(/gives a number/, text, "metric:0");
});

test("a number that is written out is a number", async () => {
  for (const text of [
    "p99 of checkout is about tenfold what it was.",
    "p99 of checkout rose by a factor of ten.",
    "p99 of checkout is between nine and eleven times as long as before.",
    "The slowest one percent of requests to checkout take four seconds or more.",
    "p99 of checkout rose from less than half a second to more than four seconds.",
  ])
    await holds(text, "metric:0");
  for (const text of [
    "p99 of checkout is about twentyfold what it was.",
    "p99 of checkout rose by a factor of four.",
    "p99 of checkout is between two and three times as long as before.",
    "The slowest five percent of requests to checkout take four seconds or more.",
    "p99 of checkout rose from less than half a second to more than a minute and a half.",
    "p99 of checkout rose tenfold in 0.4 s.",
  ])
    await falls(/gives a number/, text, "metric:0");
  await holds("One in eight calls from checkout to payments fails.", "metric:1");
  await falls(/gives a number/, "One in three calls from checkout to payments fails.", "metric:1");
});

test("what was is not told as what is, and a part of what was is one", async () => {
  await holds("p99 of checkout: 4.1 s, was 0.4 s.", "metric:0");
  await falls(/gives a number/, "p99 of checkout: 0.4 s, was 4.1 s.", "metric:0");
  await holds("p99 of checkout rose to 4.1 s after 0.4 s.", "metric:0");
  await holds("Where checkout used to take 0.4 s it now takes 4.1 s at the p99.", "metric:0");
  await holds("p99 of checkout was 0.4 s before and is past 4 s now.", "metric:0");
  await falls(/gives a number/, "p99 of checkout is past 5 s now.", "metric:0");
  await holds("p99 of checkout went up from 0.4 s to 4.1 s (+930 %).", "metric:0");
});

test("what fails does not succeed", async () => {
  await holds("88 % of the calls from checkout to payments succeed.", "metric:1");
  await falls(/gives a number/, "12 % of the calls from checkout to payments succeed.", "metric:1");
  await falls(/all of them/, "Every call from checkout to payments fails.", "metric:1");
});

test("a number is told of what has it, of two that are cited as well", async () => {
  const both = ["metric:0", "metric:1"];
  await holds(
    "p99 of checkout rose to 4.1 s and the calls from checkout to payments fail at 12 %.",
    ...both,
  );
  await holds(
    "Calls from checkout to payments fail at 12 % (0.4 % before), with p99 of checkout up from 0.4 s to 4.1 s.",
    ...both,
  );
  await falls(
    /gives a number/,
    "The calls from checkout to payments take 4.1 s and fail at 12 %, p99 of checkout is 12 %.",
    ...both,
  );
  await falls(/itself/, "Errors of payments rose to 12 %.", "metric:1");
});

test("what is told of a row of services is told of each, or in their order", async () => {
  const both = ["metric:0", "metric:1"];
  await holds("p99 of checkout is 4.1 s.", "metric:0");
  await falls(
    /no number that ledger/,
    "p99 of checkout and ledger is 4.1 s.",
    "metric:0",
    "examined:ledger",
  );
  await falls(/gives a number/, "checkout takes 4.1 s per request.", "metric:0");
  await falls(
    /gives a number/,
    "checkout takes 4.1 s, and 4.1 % of its calls to payments fail.",
    ...both,
  );
});
