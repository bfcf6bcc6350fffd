using System.Text.Json.Nodes;
using Horreum.Client.Models;
using Horreum.Client.Services;

namespace Horreum.Client.Tools;

/// <summary>The tools about tests and schemas.</summary>
internal static class TestToolSet
{
    public static IEnumerable<HorreumTool> Create(ITestService tests, ISchemaService schemas)
    {
        yield return new HorreumTool
        {
            Name = "list_tests",
            Title = "List tests",
            Description = "Lists tests of all folders by name, in pages, with how many runs and datasets each has.",
            Parameters =
            [
                new("name", ToolParameterKind.Text, "Text that the name contains, in any case."),
                new("folder", ToolParameterKind.Text, "Only tests of this folder. Default: all folders."),
                ToolParameters.Roles,
                new("sort", ToolParameterKind.Text, "Only 'name', which is the default."),
                ToolParameters.Direction with { Description = "Order by name. Default Ascending." },
                .. ToolParameters.Paging,
            ],
            OutputSchema = json => json.Schema<TestPage>(),
            RunAsync = async (arguments, token) =>
            {
                if (arguments.Filled("sort") is { } sort && !sort.Trim().Equals("name", StringComparison.OrdinalIgnoreCase))
                {
                    throw HorreumContractException.Invalid("sort", sort, "name: Horreum sorts tests by nothing else", "name");
                }

                TestListRequest request = new()
                {
                    Name = arguments.Filled("name"),
                    Folder = arguments.Filled("folder"),
                    Roles = arguments.Filled("roles"),
                    Direction = arguments.Direction(),
                };
                return ToolResult.Of(await tests.ListAsync(Requests.Paged(arguments, request), token).ConfigureAwait(false));
            },
        };
        yield return new HorreumTool
        {
            Name = "get_test",
            Title = "Get a test",
            Description = "Reads one test with its settings, by id or by name.",
            Parameters = [ToolParameters.TestId with { Aliases = ["id"] }, ToolParameters.Test with { Aliases = ["testName", "name"] }],
            OutputSchema = json => json.Schema<TestDetails>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await tests.GetAsync(arguments.RequiredTest(), token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "list_schemas",
            Title = "List schemas",
            Description = "Lists schemas by name, in pages. Their URIs filter list_datasets and list_runs_by_schema.",
            Parameters =
            [
                new("name", ToolParameterKind.Text, "Text that the name or the URI contains."),
                ToolParameters.Roles,
                ToolParameters.Sort with { Description = "Member to sort by. Default name." },
                ToolParameters.Direction with { Description = "Order. Default Ascending." },
                .. ToolParameters.Paging,
            ],
            OutputSchema = json => json.Schema<SchemaPage>(),
            RunAsync = async (arguments, token) => ToolResult.Of(await schemas.ListAsync(ListRequest(arguments), token).ConfigureAwait(false)),
        };
        yield return new HorreumTool
        {
            Name = "get_schema",
            Title = "Get a schema",
            Description = "Reads one schema by id, or by its exact name or URI; lists those whose name or URI contains the text when none is called exactly so.",
            Parameters =
            [
                new("id", ToolParameterKind.Id, "Id of the schema.") { Aliases = ["schemaId"] },
                new("name", ToolParameterKind.Text, "Name or URI of the schema, or a part of it, instead of id.") { Aliases = ["uri", "schemaUri"] },
            ],
            OutputSchema = json => SchemaOrPage(json),
            RunAsync = async (arguments, token) =>
            {
                if (arguments.OptionalId("id") is { } id)
                {
                    return ToolResult.Of(await schemas.GetAsync(id, token).ConfigureAwait(false));
                }

                string name = arguments.Filled("name") ?? throw HorreumContractException.Invalid("id", null, "id or name");
                SchemaPage found = await schemas.FindAsync(name, token).ConfigureAwait(false);
                return found.Schemas is [{ } only] && (only.Name == name || only.Uri == name) ? ToolResult.Of(only) : ToolResult.Of(found);
            },
        };
    }

    private static SchemaListRequest ListRequest(ToolArguments arguments) => Requests.Paged(arguments, new SchemaListRequest
    {
        Name = arguments.Filled("name"),
        Roles = arguments.Filled("roles"),
        Sort = arguments.Filled("sort"),
        Direction = arguments.Direction(),
    });

    private static JsonObject SchemaOrPage(ContractJson json) => new()
    {
        ["type"] = "object",
        ["anyOf"] = new JsonArray(json.Schema<SchemaEntry>(), json.Schema<SchemaPage>()),
    };
}
