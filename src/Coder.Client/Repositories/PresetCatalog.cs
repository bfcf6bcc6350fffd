using Coder.Client.Clients.Wire;
using Microsoft.Extensions.Logging;

namespace Coder.Client.Repositories;

/// <summary>Presets by template version.</summary>
internal sealed partial class PresetCatalog(ICoderClient coder, ILogger<PresetCatalog> logger)
{
    /// <summary>Role of an agent whose preset cannot be told.</summary>
    public const string Unknown = "Unknown";

    private readonly VersionCache<IReadOnlyList<Preset>> _presets = new((version, token) => ReadAsync(coder, version, token));

    public Task<IReadOnlyList<Preset>> GetAsync(Guid version, CancellationToken cancellationToken) => _presets.GetAsync(version, cancellationToken);

    /// <summary>Reads the presets of all these versions; one that cannot be read costs the names of its roles and nothing else.</summary>
    public Task LoadAsync(IEnumerable<Guid> versions, int parallelism, CancellationToken cancellationToken)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(versions.Where(version => !_presets.TryGet(version, out _)), parallel, async (version, token) =>
        {
            try
            {
                await _presets.GetAsync(version, token).ConfigureAwait(false);
            }
            catch (CoderApiException e)
            {
                Failed(logger, version, e.Message);
            }
        });
    }

    /// <summary>Name of a build's preset, from what is loaded.</summary>
    public string NameOf(WorkspaceBuild? build) =>
        build?.TemplateVersionPresetId is { } id && _presets.TryGet(build.TemplateVersionId, out IReadOnlyList<Preset>? presets)
            ? presets!.FirstOrDefault(preset => preset.Id == id)?.Name ?? Unknown
            : Unknown;

    /// <summary>Id of the preset with this name in a version; null when the version has none.</summary>
    public async Task<Guid?> FindIdAsync(Guid version, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<Preset> presets = await GetAsync(version, cancellationToken).ConfigureAwait(false);
        return presets.FirstOrDefault(preset => string.Equals(preset.Name, name, StringComparison.OrdinalIgnoreCase))?.Id;
    }

    private static async Task<IReadOnlyList<Preset>> ReadAsync(ICoderClient coder, Guid version, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<Preset> presets = await coder.Templates.ListPresetsAsync(version, cancellationToken).ConfigureAwait(false);
            return [.. presets.Where(preset => preset is { Name.Length: > 0 } && preset.Id != Guid.Empty)];
        }
        catch (CoderNotFoundException)
        {
            // An answer too: a version that is not visible will not become so, and asking again costs a call per listing.
            return [];
        }
    }

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "The roles of template version {Version} cannot be read: {Reason}")]
    private static partial void Failed(ILogger logger, Guid version, string reason);
}
