using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol;

namespace TrimSmoke;

/// <summary>The JSON of this program, generated.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Sum))]
[JsonSerializable(typeof(IReadOnlyList<int>))]
internal sealed partial class SmokeJson : JsonSerializerContext
{
    /// <summary>Created when first asked for: the generated half of this class is initialised later.</summary>
    public static JsonSerializerOptions DefaultOptions => field ??= Create();

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(McpJsonUtilities.DefaultOptions);
        options.TypeInfoResolverChain.Insert(0, Default);
        options.MakeReadOnly();
        return options;
    }
}
