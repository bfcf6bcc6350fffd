// A server that reads nothing for a while, as one that loads a model: node slow.mjs MILLISECONDS FILE. The file tells when it was up.
import { writeFileSync } from "node:fs";
import { serve } from "./server.mjs";

const [milliseconds, file] = process.argv.slice(2);
process.stdin.pause();
setTimeout(() => {
  writeFileSync(file, String(Date.now()));
  serve("slow", [{ name: "tell_late", description: "Tells what came late.", inputSchema: { type: "object" } }], () => "late");
}, Number(milliseconds));
