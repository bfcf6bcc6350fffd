using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpOptimizer.Server.Api;

namespace McpOptimizer.Server.Tests.Api;

public sealed partial class OpenApiDocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With UPDATE_OPENAPI=1 in the environment the copy is written anew.</summary>
    [Fact]
    public void Document_IsTheOneInDocs()
    {
        string path = Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/openapi.json");
        string document = OpenApiDocument.Write(OptimizerApi.Endpoints).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            File.WriteAllText(path, document);
        }

        File.ReadAllText(path).Should().Be(document, "UPDATE_OPENAPI=1 writes the copy anew");
    }

    [Fact]
    public void Document_RefersToWhatIsThere_AndNamesEverythingInSnakeCase()
    {
        JsonObject document = OpenApiDocument.Write(OptimizerApi.Endpoints);

        foreach (Match reference in References().Matches(document.ToJsonString()))
        {
            JsonNode? target = document;
            foreach (string part in reference.Groups[1].Value.Split('/'))
            {
                target = target?[part];
            }

            target.Should().NotBeNull(reference.Value);
        }

        foreach (ApiEndpoint endpoint in OptimizerApi.Endpoints)
        {
            endpoint.Path.Should().MatchRegex("^/api(/[a-z._]+)+$");
            endpoint.Summary.Should().EndWith(".");
            endpoint.Parameters.Select(parameter => parameter.Name).Should().NotContain(name => !SnakeCase().IsMatch(name)).And.OnlyHaveUniqueItems();
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("\"\\$ref\":\"#/([^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex SnakeCase();
}
