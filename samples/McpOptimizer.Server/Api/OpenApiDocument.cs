using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace McpOptimizer.Server.Api;

/// <summary>The OpenAPI 3.1 document, made from the table that is routed: an endpoint cannot be there and not described.</summary>
internal static class OpenApiDocument
{
    private const string Schemas = "#/components/schemas/";
    private const string Json = "application/json";

    public static JsonObject Write(IReadOnlyList<ApiEndpoint> endpoints)
    {
        JsonObject paths = [];
        JsonObject schemas = new() { ["Error"] = Schema(ApiJson.Default.ErrorAnswer) };
        foreach (IGrouping<string, ApiEndpoint> path in endpoints.GroupBy(endpoint => endpoint.Path, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(path.Select(endpoint => KeyValuePair.Create<string, JsonNode?>(endpoint.Method.ToLowerInvariant(), Operation(endpoint, schemas))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "MCP optimizer",
                ["version"] = "1",
                ["description"] = "For the page at / and for the command line. Members are in snake case and absent where there is nothing to say; MCP definitions and results inside are as their servers wrote them.",
            },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "A token of the host; on a host without static tokens, the secret in the file beside the database.",
                    },
                },
            },
        };
    }

    private static JsonObject Operation(ApiEndpoint endpoint, JsonObject schemas)
    {
        JsonObject responses = new()
        {
            ["200"] = Response(
                endpoint.Stream is null ? "The answer." : "Server-sent events, each with this as its data.",
                endpoint.AnswerSchema?.Invoke() ?? Reference(endpoint.Answer, schemas),
                endpoint.Stream is null ? Json : "text/event-stream"),
            ["default"] = Response("Why not, in one sentence.", new JsonObject { ["$ref"] = Schemas + "Error" }),
        };
        JsonObject operation = new()
        {
            ["operationId"] = (endpoint.Method == HttpMethods.Get ? "get" : "post") + string.Concat(endpoint.Path["/api/".Length..].Split('/', '.').Select(part => "_" + part)),
            ["summary"] = endpoint.Summary,
        };
        if (endpoint.IsForAdmins)
        {
            operation["description"] = "Administrators only.";
        }

        if (endpoint.Parameters.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. endpoint.Parameters.Select(Parameter)]);
        }

        if (endpoint.Body is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(Reference(body, schemas, isBody: true)) };
        }

        operation["responses"] = responses;
        return operation;
    }

    private static JsonObject Parameter(ApiParameter parameter)
    {
        JsonObject schema = parameter.Kind switch
        {
            ApiParameterKind.Number => new JsonObject { ["type"] = "integer", ["minimum"] = parameter.Min },
            ApiParameterKind.Flag => new JsonObject { ["type"] = "boolean" },
            _ => new JsonObject { ["type"] = "string", ["maxLength"] = parameter.MaxLength },
        };
        if (parameter is { Kind: ApiParameterKind.Number, Max: < long.MaxValue })
        {
            schema["maximum"] = parameter.Max;
        }

        if (parameter.Choices.Count > 0)
        {
            schema["enum"] = new JsonArray([.. parameter.Choices.Select(choice => JsonValue.Create(choice))]);
        }

        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = "query",
            ["required"] = parameter.IsRequired,
            ["description"] = char.ToUpperInvariant(parameter.Description[0]) + parameter.Description[1..],
            ["schema"] = schema,
        };
    }

    private static JsonObject Response(string description, JsonObject schema, string type = Json) => new() { ["description"] = description, ["content"] = Content(schema, type) };

    private static JsonObject Content(JsonObject schema, string type = Json) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Reference(JsonTypeInfo type, JsonObject schemas, bool isBody = false)
    {
        if (type.Type == typeof(JsonObject))
        {
            return new JsonObject { ["type"] = "object" };
        }

        schemas[type.Type.Name] ??= Schema(type, isBody);
        return new JsonObject { ["$ref"] = Schemas + type.Type.Name };
    }

    private static JsonNode Schema(JsonTypeInfo type, bool isBody = false)
    {
        JsonNode schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = WithoutNull });
        Finish(schema, Schemas + type.Type.Name, isBody);
        return schema;
    }

    // Nothing is written where there is nothing to say: such a member is not required, and never null.
    private static JsonNode WithoutNull(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject rules)
        {
            return schema;
        }

        if (rules["type"] is JsonArray types && types.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToArray() is [{ } only])
        {
            rules["type"] = only;
        }

        if (rules["enum"] is JsonArray words && words.Any(word => word is null))
        {
            rules["enum"] = new JsonArray([.. words.Where(word => word is not null).Select(word => word!.DeepClone())]);
        }

        if (rules["required"] is JsonArray required)
        {
            HashSet<string> optional = [.. context.TypeInfo.Properties.Where(property => property.IsGetNullable).Select(property => property.Name)];
            rules["required"] = new JsonArray([.. required.Where(name => !optional.Contains(name!.GetValue<string>())).Select(name => name!.DeepClone())]);
        }

        return schema;
    }

    // The exporter refers from the root of the schema, which is not the root of this document. An answer may gain members, a body has just these.
    private static void Finish(JsonNode? node, string root, bool isBody)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
            {
                Finish(item, root, isBody);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference && reference.GetValue<string>() is ['#', .. string path])
            {
                members["$ref"] = root + path;
            }

            if (members.TryGetPropertyValue("default", out JsonNode? value) && value is null)
            {
                members.Remove("default");
            }

            if (!isBody && members["additionalProperties"] is JsonValue)
            {
                members.Remove("additionalProperties");
            }

            foreach ((string _, JsonNode? member) in members)
            {
                Finish(member, root, isBody);
            }
        }
    }
}
