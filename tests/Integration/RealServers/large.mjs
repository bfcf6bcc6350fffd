// A server whose definitions are large, as generated ones are: ten tools of 2,000 fields each, a quarter of a megabyte a piece.
import { serve } from "./server.mjs";

const fields = Object.fromEntries(
  Array.from({ length: 2_000 }, (_, at) => [`field_${at}`, { type: "string", description: `The value of column ${at} of the report, as it is shown in the table of the export, in the reader's own units.` }]));
const tools = Array.from({ length: 10 }, (_, at) => ({
  name: `export_report_${at}`, description: `Exports a large report of kind ${at}.`, inputSchema: { type: "object", properties: fields },
}));
serve("large", tools, ({ name }) => `${name}: exported`);
