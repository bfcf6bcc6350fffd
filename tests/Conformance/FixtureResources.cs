using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Conformance;

/// <summary>The resources the suite asks for.</summary>
[McpServerResourceType]
internal sealed class FixtureResources
{
    [McpServerResource(UriTemplate = "test://static-text", Name = "Static text", MimeType = "text/plain")]
    [Description("Text that never changes.")]
    public static string StaticText() => "This is the content of the static text resource.";

    [McpServerResource(UriTemplate = "test://static-binary", Name = "Static binary", MimeType = Samples.PngType)]
    [Description("A picture that never changes.")]
    public static ResourceContents StaticBinary() => BlobResourceContents.FromBytes(Samples.Png, "test://static-binary", Samples.PngType);

    [McpServerResource(UriTemplate = "test://watched-resource", Name = "Watched resource", MimeType = "text/plain")]
    [Description("Text that can be watched.")]
    public static string Watched() => "Watched resource content";

    [McpServerResource(UriTemplate = "test://template/{id}/data", Name = "Template", MimeType = "application/json")]
    [Description("Data by id.")]
    public static ResourceContents Template(string id) => new TextResourceContents
    {
        Uri = $"test://template/{id}/data",
        MimeType = "application/json",
        Text = $$"""{"id":"{{id}}","templateTest":true,"data":"Data for ID: {{id}}"}""",
    };
}
