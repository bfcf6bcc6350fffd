using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace Conformance;

/// <summary>Asks for input and reads it.</summary>
internal static class Inputs
{
    public static InputRequiredException Require(params (string Key, InputRequest Request)[] inputs) => Create(null, inputs);

    public static InputRequiredException Require(string state, params (string Key, InputRequest Request)[] inputs) => Create(state, inputs);

    public static InputRequest AskText(string message, string field) => Ask(message, field, new StringSchema());

    public static InputRequest AskConsent(string message) => Ask(message, "ok", new BooleanSchema());

    public static InputRequest AskModel(string prompt, int maxTokens) => InputRequest.ForSampling(new CreateMessageRequestParams
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
        MaxTokens = maxTokens,
    });

    /// <summary>The text a user gave, or null when they gave none: input comes from outside and may have any shape.</summary>
    public static string? Text(RequestParams? parameters, string key, string field) =>
        Response(parameters, key) is { ValueKind: JsonValueKind.Object } answer
        && answer.TryGetProperty("content", out JsonElement content)
        && content.ValueKind == JsonValueKind.Object
        && content.TryGetProperty(field, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static string? Sampled(RequestParams? parameters, string key) =>
        Read<CreateMessageResult>(parameters, key)?.Content?.OfType<TextContentBlock>().FirstOrDefault()?.Text;

    public static IReadOnlyList<string>? Roots(RequestParams? parameters, string key) =>
        Read<ListRootsResult>(parameters, key)?.Roots?.Select(root => root.Uri).ToArray();

    private static T? Read<T>(RequestParams? parameters, string key)
        where T : class
    {
        try
        {
            return Response(parameters, key)?.Deserialize<T>(McpJsonUtilities.DefaultOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Response(RequestParams? parameters, string key) =>
        parameters?.InputResponses?.TryGetValue(key, out InputResponse? response) == true ? response.RawValue : null;

    private static InputRequest Ask(string message, string field, PrimitiveSchemaDefinition schema) => InputRequest.ForElicitation(new ElicitRequestParams
    {
        Message = message,
        RequestedSchema = new RequestSchema { Properties = new Dictionary<string, PrimitiveSchemaDefinition> { [field] = schema }, Required = [field] },
    });

    private static InputRequiredException Create(string? state, (string Key, InputRequest Request)[] inputs) =>
        new(inputs.ToDictionary(input => input.Key, input => input.Request), state);
}
