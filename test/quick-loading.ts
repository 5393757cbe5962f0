/** For `node --import`: the test processes load as the program does. */
import { loadQuickly } from "../src/program/quick-loading.ts";

loadQuickly();
