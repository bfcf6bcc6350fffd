// The least of an MCP server over standard input and output, for the scripts beside it: one message a line, the handshake era only.
import { createInterface } from "node:readline";

export function serve(name, tools, answer) {
  const reply = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result }) + "\n");
  const refuse = (id, message) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32601, message } }) + "\n");
  createInterface({ input: process.stdin }).on("line", (line) => {
    const { id, method, params } = JSON.parse(line);
    if (id === undefined) return;
    if (method === "initialize") reply(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name, version: "1" } });
    else if (method === "tools/list") reply(id, { tools });
    else if (method === "tools/call") reply(id, { content: [{ type: "text", text: answer(params) }] });
    else if (method === "ping") reply(id, {});
    else refuse(id, `no method ${method}`);
  });
}
