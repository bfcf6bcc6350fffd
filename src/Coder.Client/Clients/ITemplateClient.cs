using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Templates, their versions, parameters and presets.</summary>
public interface ITemplateClient
{
    /// <summary>Lists templates of all organizations; deprecated ones are hidden unless the query asks for them.</summary>
    /// <param name="query">Coder's search text, for example <c>has-ai-task:true</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<Template>> ListAsync(string? query = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one template.</summary>
    Task<Template> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Lists the versions of a template.</summary>
    Task<IReadOnlyList<TemplateVersion>> ListVersionsAsync(Guid id, int limit = 0, int offset = 0, CancellationToken cancellationToken = default);

    /// <summary>Reads one version.</summary>
    Task<TemplateVersion> GetVersionAsync(Guid versionId, CancellationToken cancellationToken = default);

    /// <summary>Lists the parameters of a version.</summary>
    Task<IReadOnlyList<RichParameter>> ListParametersAsync(Guid versionId, CancellationToken cancellationToken = default);

    /// <summary>Lists the presets of a version.</summary>
    Task<IReadOnlyList<Preset>> ListPresetsAsync(Guid versionId, CancellationToken cancellationToken = default);
}
