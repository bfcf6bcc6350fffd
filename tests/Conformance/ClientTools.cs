using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace Conformance;

/// <summary>Tools that ask the client for something while they run.</summary>
[McpServerToolType]
internal sealed class ClientTools
{
    [McpServerTool(Name = "test_sampling")]
    [Description("Asks the client's model.")]
    public static async Task<string> SampleAsync(McpServer server, string prompt, CancellationToken cancellationToken)
    {
        CreateMessageRequestParams request = new()
        {
            Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
            MaxTokens = 100,
        };
        CreateMessageResult result = await server.SampleAsync(request, cancellationToken);
        return $"LLM response: {result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}";
    }

    [McpServerTool(Name = "test_elicitation")]
    [Description("Asks the user for a name and an address.")]
    public static async Task<string> ElicitAsync(McpServer server, string message, CancellationToken cancellationToken)
    {
        ElicitResult result = await AskAsync(
            server,
            message,
            new()
            {
                ["username"] = new StringSchema { Description = "User's response" },
                ["email"] = new StringSchema { Description = "User's email address" },
            },
            ["username", "email"],
            cancellationToken);
        return $"User response: {Describe(result)}";
    }

    [McpServerTool(Name = "test_elicitation_sep1034_defaults")]
    [Description("Asks the user for values that have defaults.")]
    public static async Task<string> ElicitDefaultsAsync(McpServer server, CancellationToken cancellationToken)
    {
        ElicitResult result = await AskAsync(
            server,
            "Please check the defaults",
            new()
            {
                ["name"] = new StringSchema { Default = "John Doe" },
                ["age"] = new NumberSchema { Type = "integer", Default = 30 },
                ["score"] = new NumberSchema { Default = 95.5 },
                ["status"] = new UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" },
                ["verified"] = new BooleanSchema { Default = true },
            },
            [],
            cancellationToken);
        return $"Elicitation completed: {Describe(result)}";
    }

    [McpServerTool(Name = "test_elicitation_sep1330_enums")]
    [Description("Asks the user to choose.")]
    public static async Task<string> ElicitEnumsAsync(McpServer server, CancellationToken cancellationToken)
    {
        ElicitResult result = await AskAsync(
            server,
            "Please choose",
            new()
            {
                ["untitledSingle"] = new UntitledSingleSelectEnumSchema { Enum = ["option1", "option2", "option3"] },
                ["titledSingle"] = new TitledSingleSelectEnumSchema { OneOf = Options("Option") },
#pragma warning disable MCP9001 // The suite asks for the deprecated form too.
                ["legacyEnum"] = new LegacyTitledEnumSchema { Enum = ["opt1", "opt2", "opt3"], EnumNames = ["Option One", "Option Two", "Option Three"] },
#pragma warning restore MCP9001
                ["untitledMulti"] = new UntitledMultiSelectEnumSchema { Items = new() { Enum = ["option1", "option2", "option3"] } },
                ["titledMulti"] = new TitledMultiSelectEnumSchema { Items = new() { AnyOf = Options("Choice") } },
            },
            [],
            cancellationToken);
        return $"Elicitation completed: {Describe(result)}";
    }

    [McpServerTool(Name = "test_missing_capability")]
    [Description("Needs a client that samples.")]
    public static string NeedSampling(RequestContext<CallToolRequestParams> context) =>
        context.JsonRpcRequest.Context?.ClientCapabilities?.Sampling is null
            ? throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new() })
            : "The client samples";

    private static List<EnumSchemaOption> Options(string noun) =>
    [
        new() { Const = "value1", Title = $"First {noun}" },
        new() { Const = "value2", Title = $"Second {noun}" },
        new() { Const = "value3", Title = $"Third {noun}" },
    ];

    private static async Task<ElicitResult> AskAsync(
        McpServer server,
        string message,
        Dictionary<string, PrimitiveSchemaDefinition> properties,
        IList<string> required,
        CancellationToken cancellationToken) =>
        await server.ElicitAsync(
            new ElicitRequestParams { Message = message, RequestedSchema = new RequestSchema { Properties = properties, Required = required } },
            cancellationToken);

    private static string Describe(ElicitResult result) =>
        $"action={result.Action}, content={JsonSerializer.Serialize(result.Content, McpJsonUtilities.DefaultOptions)}";
}
