using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

internal sealed class TemplateClient(CoderHttp http) : ITemplateClient
{
    private static CoderJsonContext Json => CoderJsonContext.Default;

    public Task<IReadOnlyList<Template>> ListAsync(string? query = null, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Query(Route.Of("templates"), ("q", query)), Json.IReadOnlyListTemplate, cancellationToken);

    public Task<Template> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("templates", Route.Id(id)), Json.Template, cancellationToken);

    public Task<IReadOnlyList<TemplateVersion>> ListVersionsAsync(Guid id, int limit = 0, int offset = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        string path = Route.Query(Route.Of("templates", Route.Id(id), "versions"), ("limit", Route.Number(limit)), ("offset", Route.Number(offset)));
        return http.GetAsync(path, Json.IReadOnlyListTemplateVersion, cancellationToken);
    }

    public Task<TemplateVersion> GetVersionAsync(Guid versionId, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("templateversions", Route.Id(versionId)), Json.TemplateVersion, cancellationToken);

    public Task<IReadOnlyList<RichParameter>> ListParametersAsync(Guid versionId, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("templateversions", Route.Id(versionId), "rich-parameters"), Json.IReadOnlyListRichParameter, cancellationToken);

    public Task<IReadOnlyList<Preset>> ListPresetsAsync(Guid versionId, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("templateversions", Route.Id(versionId), "presets"), Json.IReadOnlyListPreset, cancellationToken);
}
