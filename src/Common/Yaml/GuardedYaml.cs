using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Common.Yaml;

/// <summary>
/// Loads YAML that strangers wrote as nodes, in time and memory that grow with the text alone. The library by itself recurses as deep as the text is nested,
/// and follows aliases when it compares keys.
/// </summary>
internal static class GuardedYaml
{
    /// <summary>Largest text, in characters: four times the largest kubeconfig seen.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    /// <summary>The root of the first document; null when there is none.</summary>
    /// <exception cref="YamlException">The text is no YAML, or breaks a limit; the message says which.</exception>
    public static YamlNode? Load(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new YamlException($"it is longer than {MaxLength} characters");
        }

        using StringReader reader = new(text);
        return Load(new GuardedParser(new Parser(reader)));
    }

    /// <inheritdoc cref="Load(string)"/>
    public static YamlNode? Load(GuardedParser parser)
    {
        YamlStream yaml = [];
        try
        {
            yaml.Load(parser);
        }
        catch (Exception exception) when (exception is not YamlException)
        {
            // Some broken texts meet a fault of the library instead of its complaint.
            throw new YamlException($"it cannot be understood: {exception.Message}", exception);
        }

        return yaml.Documents is [{ RootNode: { } root }, ..] ? root : null;
    }

    /// <summary>The value of a key; null when the mapping has no such key.</summary>
    public static YamlNode? Child(YamlMappingNode owner, string key) =>
        owner.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;
}
