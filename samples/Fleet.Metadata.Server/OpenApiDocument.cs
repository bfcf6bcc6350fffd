namespace Fleet.Metadata.Server;

/// <summary>Serves the description of the HTTP side.</summary>
internal static class OpenApiDocument
{
    private static readonly byte[] Content = Read();

    public static void Map(WebApplication app) =>
        app.MapGet("/openapi.json", () => Results.Bytes(Content, "application/json"));

    private static byte[] Read()
    {
        using Stream stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
