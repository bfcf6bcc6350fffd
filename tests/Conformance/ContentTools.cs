using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Conformance;

/// <summary>Tools that return each kind of content.</summary>
[McpServerToolType]
internal sealed class ContentTools
{
    [McpServerTool(Name = "test_simple_text", ReadOnly = true)]
    [Description("Returns text.")]
    public static string SimpleText() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content", ReadOnly = true)]
    [Description("Returns a picture.")]
    public static ImageContentBlock Image() => ImageContentBlock.FromBytes(Samples.Png, Samples.PngType);

    [McpServerTool(Name = "test_audio_content", ReadOnly = true)]
    [Description("Returns a sound.")]
    public static AudioContentBlock Audio() => AudioContentBlock.FromBytes(Samples.Wav, Samples.WavType);

    [McpServerTool(Name = "test_embedded_resource", ReadOnly = true)]
    [Description("Returns a resource.")]
    public static EmbeddedResourceBlock Embedded() => new()
    {
        Resource = new TextResourceContents { Uri = "test://embedded-resource", MimeType = "text/plain", Text = "This is an embedded resource content." },
    };

    [McpServerTool(Name = "test_multiple_content_types", ReadOnly = true)]
    [Description("Returns text, a picture and a resource.")]
    public static IEnumerable<ContentBlock> Mixed() =>
    [
        new TextContentBlock { Text = "Multiple content types test:" },
        Image(),
        new EmbeddedResourceBlock
        {
            Resource = new TextResourceContents
            {
                Uri = "test://mixed-content-resource",
                MimeType = "application/json",
                Text = """{"test":"data","value":123}""",
            },
        },
    ];

    [McpServerTool(Name = "test_error_handling", ReadOnly = true)]
    [Description("Fails.")]
    public static string Fail() => throw new McpException("This tool intentionally returns an error for testing");

    [McpServerTool(Name = "test_header_parameter", ReadOnly = true)]
    [Description("Returns its argument, which clients repeat in a header.")]
    public static string HeaderParameter([McpHeader("Region")] string region) => region;
}
