using System.Text.Json;
using ModelContextProtocol.Server;

namespace Conformance;

/// <summary>A tool whose schema uses what JSON Schema 2020-12 brought; it must reach the client as written.</summary>
internal static class SchemaTool
{
    public static McpServerTool Create()
    {
        McpServerTool tool = McpServerTool.Create(
            () => "Valid", new() { Name = "json_schema_2020_12_tool", Description = "Tool with JSON Schema 2020-12 features", ReadOnly = true });
        tool.ProtocolTool.InputSchema = JsonElement.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": {
                "address": {
                  "$anchor": "addressDef",
                  "type": "object",
                  "properties": { "street": { "type": "string" }, "city": { "type": "string" } }
                }
              },
              "properties": {
                "name": { "type": "string" },
                "address": { "$ref": "#/$defs/address" },
                "contactMethod": { "type": "string", "enum": ["phone", "email"] },
                "phone": { "type": "string" },
                "email": { "type": "string" }
              },
              "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
              "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
              "then": { "required": ["phone"] },
              "else": { "required": ["email"] },
              "additionalProperties": false
            }
            """);
        return tool;
    }
}
