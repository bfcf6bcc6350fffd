using System.Text.Json;
using Coder.Client.Clients;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Microsoft.Extensions.Options;

namespace Coder.Client.Repositories;

/// <summary>Metadata as a workspace tells it: whoever works in the workspace writes it, so it is cleaned and bounded as the log is.</summary>
internal sealed class MetadataRepository(MetadataClient client, AppAddressResolver addresses, IOptions<FleetOptions> options)
{
    private const int MostFields = 200;
    private const int MostValues = 50;
    private const int LongestKey = 256;
    private const int LongestWord = 200;
    private const int LongestDescription = 1000;

    private readonly int _longest = options.Value.LogEntryCharacters;

    /// <summary>Reads the metadata of one agent.</summary>
    /// <exception cref="WorkspaceAppException">The workspace cannot be reached or answers with something else.</exception>
    public async Task<IReadOnlyDictionary<string, MetadataField>> ReadAsync(AgentApp app, CancellationToken cancellationToken = default)
    {
        Uri address = await addresses.ResolveAsync(app, cancellationToken).ConfigureAwait(false);
        MetadataResponse response = await client.GetAsync(address, cancellationToken).ConfigureAwait(false);
        if (response.Data is null)
        {
            throw new WorkspaceAppException("The metadata application answered without data.");
        }

        Dictionary<string, MetadataField> fields = new(StringComparer.Ordinal);
        foreach ((string key, MetadataEntry? entry) in response.Data)
        {
            if (entry is not null && fields.Count < MostFields)
            {
                fields.TryAdd(VisibleText.Shorten(key, LongestKey), Map(entry));
            }
        }

        return fields;
    }

    private MetadataField Map(MetadataEntry entry)
    {
        (JsonElement? value, string? fault) = MetadataValue.Fit(entry.Value, _longest);
        return new MetadataField
        {
            Value = value,
            Error = fault ?? TerminalText.Fit(entry.Error, _longest),
            Schema = new MetadataSchema
            {
                Description = entry.Schema?.Description is { Length: > 0 } text ? TerminalText.Fit(text, LongestDescription)! : "No description",
                IncludeInList = entry.Schema?.IncludeInList ?? false,
                Type = entry.Schema?.Type is { } type ? VisibleText.Shorten(type, LongestWord) : null,
                Values = entry.Schema?.Values is { } values
                    ? [.. values.OfType<string>().Take(MostValues).Select(one => VisibleText.Shorten(one, LongestWord))]
                    : null,
            },
        };
    }
}
