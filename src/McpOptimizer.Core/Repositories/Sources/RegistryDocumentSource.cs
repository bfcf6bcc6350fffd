using System.Text.Json;
using McpOptimizer.Core.Clients.Files;
using McpOptimizer.Core.Clients.Wire;
using McpOptimizer.Core.Models.Sources;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>A registry in a JSON file or behind an address: ToolHive's formats, pages of the MCP registry, lists, or a single <c>server.json</c>.</summary>
internal sealed partial class RegistryDocumentSource(string location, RegistryDocumentReader reader, ILogger<RegistryDocumentSource> logger) : IRegistrySource
{
    /// <summary>Ten times what the largest registry known has.</summary>
    private const int MostPages = 1000;

    private const int MostNames = 5;

    public string Name { get; } = RegistryDocumentReader.Show(location);

    public async Task<RegistryListing> ListAsync(CancellationToken cancellationToken = default)
    {
        List<RegistryReading> readings = [];
        string? missing = null;
        string page = location;
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (true)
        {
            RegistryDocument document = await reader.ReadAsync(page, cancellationToken).ConfigureAwait(false);
            if (document.Lists.Count == 0)
            {
                throw new SourceFileException(
                    $"The registry '{Name}' has none of the known formats: \"servers\", \"remote_servers\" or \"data.servers\", a list, or one server with \"name\" "
                    + "and \"packages\" or \"remotes\".");
            }

            readings.AddRange(document.Lists.SelectMany(Elements).Select(element => RegistryEntryReader.Read(element.Key, element.Value)));
            if (document.NextCursor is not { } cursor)
            {
                break;
            }

            if (!RegistryDocumentReader.IsAddress(location))
            {
                missing = "it is one page of several, and a file has no next one";
                break;
            }

            if (!seen.Add(cursor) || seen.Count == MostPages)
            {
                missing = seen.Count == MostPages ? $"it has more than {MostPages} pages" : "its pages lead in a circle";
                break;
            }

            page = WithCursor(location, cursor);
        }

        return Sum(readings, missing);
    }

    private RegistryListing Sum(List<RegistryReading> readings, string? missing)
    {
        List<RegistryEntry> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        List<RegistryReading> skipped = [];
        foreach (RegistryReading reading in readings)
        {
            if (reading.Entry is null)
            {
                skipped.Add(reading);
            }
            else if (names.Add(reading.Entry.Name))
            {
                entries.Add(reading.Entry);
            }
            else
            {
                skipped.Add(reading with { Entry = null, Reason = "have the name of an entry before them" });
            }
        }

        List<string> problems = missing is null ? [] : [$"The registry '{Name}' is not complete: {missing}."];
        foreach (IGrouping<(string Reason, bool IsFault), RegistryReading> same in skipped.GroupBy(one => (one.Reason!, one.IsFault)))
        {
            RegistryReading[] left = [.. same];
            string list = string.Join(", ", left.Take(MostNames).Select(one => VisibleText.Shorten(one.Name, 100))) + (left.Length > MostNames ? ", …" : "");
            LogSkipped(same.Key.IsFault ? LogLevel.Warning : LogLevel.Information, Name, left.Length, same.Key.Reason, list);
            if (same.Key.IsFault)
            {
                problems.Add($"The registry '{Name}': {left.Length} left out because they {same.Key.Reason}: {list}.");
            }
        }

        return new RegistryListing { Entries = entries, IsComplete = problems.Count == 0, Problems = problems };
    }

    private static IEnumerable<(string? Key, JsonElement Value)> Elements(JsonElement list) => list.ValueKind == JsonValueKind.Object
        ? list.EnumerateObject().Select(member => (JsonLook.Name(member), member.Value))
        : list.EnumerateArray().Select(element => ((string?)null, element));

    private static string WithCursor(string location, string cursor)
    {
        UriBuilder address = new(location);
        string[] kept = [.. address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !pair.StartsWith("cursor=", StringComparison.Ordinal))];
        address.Query = string.Join('&', [.. kept, "cursor=" + Uri.EscapeDataString(cursor)]);
        return address.Uri.AbsoluteUri;
    }

    [LoggerMessage(EventId = 110, Message = "Registry {Registry}: {Count} left out because they {Reason}: {Names}")]
    private partial void LogSkipped(LogLevel level, string registry, int count, string reason, string names);
}
