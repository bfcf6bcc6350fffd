// A client on the TypeScript SDK: lists the optimizer's tools, finds "echo a message back" and "read a text file", calls both.
// Usage: node client.mjs ENDPOINT FILE SLOW_UP [rust], beside node_modules with @modelcontextprotocol/sdk.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [endpoint, file, slowUp, rust] = process.argv.slice(2);
const client = new Client({ name: "real-servers-check", version: "1.0.0" });
await client.connect(new StreamableHTTPClientTransport(new URL(endpoint)));

const call = (name, args) => client.callTool({ name, arguments: args });
const text = (result) => result.content.map((block) => block.text ?? block.resource?.text ?? "").join("\n");
const find = async (need) => (await call("find_tool", { tool_description: need })).structuredContent.tools;

// The servers come in one by one while the optimizer answers already.
const expected = ["everything-http", "everything-stdio", "filesystem", "memory", "large", ...(rust ? ["rust"] : [])];
const deadline = Date.now() + 90_000;
for (;;) {
  const all = (await call("list_tools", {})).structuredContent.result;
  const servers = new Set(all.map((tool) => tool.mcp_server_name));
  if (expected.every((name) => servers.has(name))) break;
  assert.ok(Date.now() < deadline, `only ${[...servers]} came in`);
  await new Promise((resolve) => setTimeout(resolve, 200));
}

const names = (await client.listTools()).tools.map((tool) => tool.name);
for (const name of ["find_tool", "call_tool", "list_tools"]) assert.ok(names.includes(name), `${name} is listed`);

// Two servers list it to the letter: one place, and the name of the other server.
const [echo] = await find("echo a message back");
assert.equal(echo.name, "echo");
assert.equal(echo.also_on.length, 1);
for (const server of [echo.mcp_server_name, ...echo.also_on]) {
  const answer = await call("call_tool", { server_name: server, tool_name: echo.name, parameters: { message: "hello" } });
  assert.match(text(answer), /hello/);
  console.log(`${server}/${echo.name}: ${text(answer)}`);
}

const [reader] = await find("read a text file");
assert.equal(`${reader.mcp_server_name}/${reader.name}`, "filesystem/read_text_file");
const content = await call("call_tool", { server_name: "filesystem", tool_name: "read_text_file", parameters: { path: file } });
assert.equal(text(content).trim(), readFileSync(file, "utf8").trim());
console.log(`filesystem/read_text_file: ${text(content).trim()}`);

const sum = await call("call_tool", { server_name: "everything-http", tool_name: "get-sum", parameters: { a: 2, b: 3 } });
assert.match(text(sum), /5/);
const wrong = await call("call_tool", { server_name: "everything-http", tool_name: "get-sum", parameters: { a: "two" } });
assert.equal(wrong.isError, true);
console.log("TypeScript SDK: lists, finds and calls");

const short = (await call("find_tool", { tool_description: "read a text file", detail: "compact" })).structuredContent.tools[0];
assert.equal(short.inputSchema, undefined);
const full = (await call("describe_tool", { tools: ["filesystem/read_text_file"] })).structuredContent.tools[0];
assert.ok(full.inputSchema.properties.path);
const batch = await call("call_tools", { calls: [
  { server_name: "memory", tool_name: "create_entities", parameters: { entities: [{ name: "Ada", entityType: "person", observations: ["likes numbers"] }] } },
  { server_name: "filesystem", tool_name: "no_such_tool", parameters: {} },
] });
assert.deepEqual(batch.structuredContent.results.map((result) => result.isError === true), [false, true]);
console.log("compact, describe_tool, call_tools");

// A server that starts slowly is there as soon as it is up, and until then the answer says that it is starting.
let late;
while (!(await find("tell what came late")).some((tool) => tool.mcp_server_name === "slow")) {
  assert.ok(Date.now() < deadline, "the slow server never came in");
  await new Promise((resolve) => setTimeout(resolve, 100));
}
late = Date.now() - Number(readFileSync(slowUp, "utf8"));
assert.ok(late < 5_000, `found ${late} ms after it was up`);
console.log(`slow starter: found ${late} ms after it was up`);

// Large definitions do not make large answers.
const big = await call("find_tool", { tool_description: "export a large report" });
assert.equal(big.structuredContent.tools[0].mcp_server_name, "large");
const size = text(big).length;
assert.ok(size < 100_000, `${size} characters`);
const whole = await call("call_tool", { server_name: "large", tool_name: "export_report_1", parameters: { field_7: "x" } });
assert.match(text(whole), /exported/);
console.log(`large definitions: an answer of ${size} characters`);

if (rust) {
  const commands = await call("call_tool", { server_name: "rust", tool_name: "list_commands", parameters: {} });
  assert.ok(!commands.isError && text(commands).length > 0, text(commands));
  console.log("rust/list_commands");
}

// Resources and prompts are asked for beside the tools: their tools appear with them.
const lists = async (name) => (await client.listTools()).tools.some((tool) => tool.name === name);
while (!(await lists("find_resource")) || !(await lists("find_prompt"))) {
  assert.ok(Date.now() < deadline, "no resources and prompts came in");
  await new Promise((resolve) => setTimeout(resolve, 200));
}

const resources = (await call("find_resource", { description: "features of the server" })).structuredContent.resources;
const resource = resources.find((found) => found.uri);
const read = await call("read_resource", { server_name: resource.mcp_server_name, uri: resource.uri });
assert.ok(!read.isError && text(read).length > 0, text(read));
const prompts = (await call("find_prompt", { description: "a simple prompt" })).structuredContent.prompts;
const simple = prompts.find((found) => !found.arguments?.some((argument) => argument.required));
const prompt = await call("get_prompt", { server_name: simple.mcp_server_name, prompt_name: simple.name });
assert.ok(!prompt.isError && text(prompt).length > 0, text(prompt));
console.log(`read_resource ${resource.uri}, get_prompt ${simple.name}`);
await client.close();

// A profile sees its servers alone.
const reader2 = new Client({ name: "real-servers-check", version: "1.0.0" });
await reader2.connect(new StreamableHTTPClientTransport(new URL(`${endpoint}/reader`)));
const seen = (await reader2.callTool({ name: "list_tools", arguments: {} })).structuredContent.result;
assert.deepEqual([...new Set(seen.map((tool) => tool.mcp_server_name))], ["filesystem"]);
assert.ok(seen.every((tool) => tool.annotations?.readOnlyHint === true), "read-only tools alone");
await reader2.close();
console.log(`profile: ${seen.length} read-only tools of filesystem`);
