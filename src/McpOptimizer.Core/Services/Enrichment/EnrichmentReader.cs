using System.Text.Json;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Enrichment;

/// <summary>Reads a model's answer, which is a stranger's text: whatever is not exactly what was asked for is no answer.</summary>
internal static class EnrichmentReader
{
    private const int LongestText = 240;
    private const int ShortestText = 3;
    private const int Depth = 8;

    /// <summary>The texts of an answer.</summary>
    /// <returns>The texts; or a reason why there are none.</returns>
    public static (string Purpose, IReadOnlyList<string> Requests, string? Fault) Read(string answer, EnrichmentSettings settings)
    {
        if (answer.Length > settings.MaxAnswerCharacters)
        {
            return Fault($"it has {answer.Length:N0} characters, {settings.MaxAnswerCharacters:N0} are allowed");
        }

        // Some models put a mark of code around it.
        int start = answer.IndexOf('{', StringComparison.Ordinal);
        int end = answer.LastIndexOf('}');
        if (start < 0 || end < start)
        {
            return Fault("it is no JSON object");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.AsMemory(start, end - start + 1), new JsonDocumentOptions { MaxDepth = Depth });
            JsonElement root = document.RootElement;
            string? purpose = root.TryGetProperty("purpose", out JsonElement text) && text.ValueKind == JsonValueKind.String ? Trim(text.GetString()!) : null;
            if (purpose is null || !root.TryGetProperty("requests", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            {
                return Fault("it lacks purpose or requests");
            }

            if (list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            {
                return Fault("a request is no text");
            }

            string[] requests = [.. list.EnumerateArray().Select(item => Trim(item.GetString()!)).Distinct(StringComparer.OrdinalIgnoreCase).Take(settings.RequestsPerTool)];
            return requests.Length == 0 ? Fault("it has no request")
                : FaultOf("purpose", purpose) is { } purposeFault ? Fault(purposeFault)
                : requests.Index().Select(request => FaultOf($"requests[{request.Index}]", request.Item)).FirstOrDefault(fault => fault is not null) is { } requestFault ? Fault(requestFault)
                : (purpose, requests, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what half of a surrogate pair gives.
            return Fault("it is no JSON object");
        }
    }

    // Looked through as a definition's texts are: whoever reads an explanation may be a model.
    private static string? FaultOf(string where, string text) => text.Length switch
    {
        < ShortestText => $"{where} says nothing",
        > LongestText => $"{where} has {text.Length:N0} characters, {LongestText} are allowed",
        _ when text.EnumerateRunes().Any(VisibleText.IsHidden) => $"{where} has characters that cannot be seen",
        _ => DefinitionScanner.ScanText(where, text).Where(finding => finding.Severity >= FindingSeverity.Medium).Select(finding => $"{finding.Code} in {where}: {finding.Reason}").FirstOrDefault(),
    };

    private static string Trim(string text) => text.Trim();

    private static (string Purpose, IReadOnlyList<string> Requests, string? Fault) Fault(string reason) => ("", [], reason);
}
