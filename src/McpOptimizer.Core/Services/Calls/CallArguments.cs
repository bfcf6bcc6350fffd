using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls.Validation;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Makes sense of the ways in which models write calls. Nothing that was given is dropped: it is taken, or the call is refused.</summary>
internal static class CallArguments
{
    private const string ToolKey = "tool_name";
    private const string ServerKey = "server_name";
    private const int MostNamed = 20;

    // What models call the object of arguments.
    private static readonly string[] WrapperKeys =
    [
        "parameters", "arguments", "args", "input", "inputs", "params", "kwargs", "parameter", "argument", "tool_arguments", "tool_args", "tool_input", "tool_inputs",
        "tool_parameters", "tool_params", "toolArguments", "toolArgs", "toolInput", "toolParameters", "arguments_json", "tool_call_arguments",
    ];

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <summary>The request with names taken from inside the arguments where they were missing outside.</summary>
    /// <exception cref="ArgumentException">The arguments are no object, or no tool is named.</exception>
    public static ToolCallRequest Normalize(ToolCallRequest request)
    {
        request = request with { Arguments = ReadObject(request.Arguments, "parameters") };
        if (string.IsNullOrWhiteSpace(request.ToolName))
        {
            request = TakeNamesFromInside(request);
        }

        if (string.IsNullOrWhiteSpace(request.ToolName))
        {
            string received = string.Join(", ", request.Arguments.EnumerateObject().Select(member => VisibleText.Shorten(member.Name)).Take(MostNamed));
            string beside = request.Others is { } others ? $" Received beside it: {Names(others.Keys)}." : "";
            throw new ArgumentException($"'{ToolKey}' is missing. Received in 'parameters': {(received.Length == 0 ? "nothing" : received)}.{beside}");
        }

        return request with
        {
            ToolName = request.ToolName.Trim(),
            ServerName = string.IsNullOrWhiteSpace(request.ServerName) ? null : request.ServerName.Trim(),
        };
    }

    /// <summary>The arguments of a tool, with what stood beside them and with each value in the kind that the schema asks for.</summary>
    /// <param name="request">The request, normalized.</param>
    /// <param name="schema">The tool's input schema; undefined when it has none.</param>
    /// <param name="convert">Whether values are converted.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="ArgumentException">Something was given that is no argument of the tool.</exception>
    public static JsonElement Complete(ToolCallRequest request, JsonElement schema, bool convert, CancellationToken cancellationToken = default)
    {
        JsonElement arguments = request.Others is { Count: > 0 } others ? Merge(request, others, schema, cancellationToken) : request.Arguments;
        return convert ? ArgumentConverter.Convert(schema, arguments, cancellationToken) : arguments;
    }

    private static JsonElement Merge(ToolCallRequest request, IReadOnlyDictionary<string, JsonElement> others, JsonElement schema, CancellationToken cancellationToken)
    {
        bool isEmpty = !request.Arguments.EnumerateObject().Any();
        string[] unknown = [.. others.Keys.Where(name => !ArgumentConverter.Knows(schema, name))];

        // An object of arguments under another name.
        if (isEmpty && others.Count == 1 && unknown is [{ } wrapper] && WrapperKeys.Contains(wrapper, StringComparer.Ordinal) && Unwrap(others[wrapper]) is { } inner)
        {
            return inner;
        }

        string[] twice = [.. others.Keys.Where(name => request.Arguments.TryGetProperty(name, out _))];
        if (twice.Length > 0)
        {
            throw Refuse(request, schema, twice, "it was given in 'parameters' and beside it");
        }

        if (unknown.Length > 0 && (NamesArguments(schema) || !AllowsOthers(schema)))
        {
            throw Refuse(request, schema, unknown, "neither a call nor the tool knows");
        }

        JsonObject merged = (JsonObject)JsonText.Parse(request.Arguments.GetRawText())!;
        foreach ((string name, JsonElement value) in others)
        {
            merged[name] = JsonText.Parse(value.GetRawText());
        }

        JsonElement flat = JsonElement.Parse(JsonText.Of(merged), JsonText.Reading);
        IReadOnlyList<SchemaProblem> problems = SchemaValidator.Validate(schema, ArgumentConverter.Convert(schema, flat, cancellationToken), cancellationToken);
        return problems.Count == 0 ? flat : throw Refuse(request, schema, [.. others.Keys], $"what stands beside 'parameters' does not fit the tool ({string.Join("; ", problems)})");
    }

    private static JsonElement? Unwrap(JsonElement wrapped) => wrapped.ValueKind switch
    {
        JsonValueKind.Object => wrapped,
        JsonValueKind.String when LooseJson.TryRead(wrapped.GetString()!, out JsonElement read, out _) && read.ValueKind == JsonValueKind.Object => read,
        _ => null,
    };

    private static bool NamesArguments(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
        && properties.EnumerateObject().Any();

    private static bool AllowsOthers(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("additionalProperties", out JsonElement others) || others.ValueKind != JsonValueKind.False;

    private static ArgumentException Refuse(ToolCallRequest request, JsonElement schema, string[] names, string why)
    {
        string known = NamesArguments(schema) ? Names(schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)) : "none by name";
        string hint = NamesArguments(schema) ? NearestName.Hint(names[0], schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)) : "";
        string guess = hint.StartsWith(" Did", StringComparison.Ordinal) ? hint : "";
        return new ArgumentException(
            $"'{VisibleText.Shorten(request.ToolName!)}' was not called, because {why}: {Names(names)}.{guess} "
            + $"A call has server_name, tool_name and parameters; the tool's arguments, which belong into 'parameters', are: {known}.");
    }

    private static string Names(IEnumerable<string> names)
    {
        string[] some = [.. names.Take(MostNamed + 1).Select(name => VisibleText.Shorten(name))];
        return string.Join(", ", some.Take(MostNamed)) + (some.Length > MostNamed ? ", …" : "");
    }

    private static JsonElement ReadObject(JsonElement arguments, string name)
    {
        switch (arguments.ValueKind)
        {
            case JsonValueKind.Object:
                return arguments;
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return Empty;
            case JsonValueKind.String when string.IsNullOrWhiteSpace(arguments.GetString()):
                return Empty;
            case JsonValueKind.String when !LooseJson.TryRead(arguments.GetString()!, out JsonElement _, out string fault):
                throw new ArgumentException($"'{name}' is a string that {fault}; give an object.");
            case JsonValueKind.String:
                LooseJson.TryRead(arguments.GetString()!, out JsonElement inner, out _);
                return inner.ValueKind switch
                {
                    JsonValueKind.Object => inner,
                    JsonValueKind.Null => Empty,
                    _ => throw NotAnObject(name, inner.ValueKind),
                };
            default:
                throw NotAnObject(name, arguments.ValueKind);
        }
    }

    private static ToolCallRequest TakeNamesFromInside(ToolCallRequest request)
    {
        JsonObject arguments = (JsonObject)JsonText.Parse(request.Arguments.GetRawText())!;
        if (Take(arguments, ToolKey) is not { } tool)
        {
            return request;
        }

        string? server = string.IsNullOrWhiteSpace(request.ServerName) ? Take(arguments, ServerKey) : request.ServerName;
        JsonElement rest = JsonElement.Parse(JsonText.Of(arguments), JsonText.Reading);
        return arguments.Count == 1 && arguments.First().Key is { } key && WrapperKeys.Contains(key, StringComparer.Ordinal)
            && rest.GetProperty(key).ValueKind is JsonValueKind.Object or JsonValueKind.String
                ? request with { ToolName = tool, ServerName = server, Arguments = Empty, Others = new Dictionary<string, JsonElement> { [key] = rest.GetProperty(key) } }
                : request with { ToolName = tool, ServerName = server, Arguments = rest };
    }

    private static string? Take(JsonObject arguments, string key)
    {
        if (arguments[key] is not JsonValue value || !value.TryGetValue(out string? text))
        {
            return null;
        }

        arguments.Remove(key);
        return text;
    }

    private static ArgumentException NotAnObject(string name, JsonValueKind kind) => new($"'{name}' must be an object with the tool's arguments; it is {kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "a truth value",
    }}.");
}
