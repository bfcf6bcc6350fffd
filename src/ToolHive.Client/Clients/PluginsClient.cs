using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Models.Artifacts;
using ToolHive.Client.Models.Plugins;

namespace ToolHive.Client.Clients;

internal sealed class PluginsClient(ToolHiveConnection connection) : InstallablesClient(connection, "plugins"), IPluginsClient
{
    public async Task<IReadOnlyList<InstalledPlugin>> ListAsync(ArtifactQuery? query = null, CancellationToken cancellationToken = default) =>
        (await ListAsync(query, Json.PluginsAnswer, cancellationToken).ConfigureAwait(false)).Plugins ?? [];

    public Task<PluginInfo> GetAsync(string name, string? scope = null, string? projectRoot = null, CancellationToken cancellationToken = default) =>
        GetAsync(name, scope, projectRoot, Json.PluginInfo, cancellationToken);

    public async Task<InstalledPlugin> InstallAsync(InstallRequest request, CancellationToken cancellationToken = default)
    {
        ThrowIfForSkills(request?.AllowUnsigned, nameof(InstallRequest.AllowUnsigned));
        return (await InstallAsync(request!, Json.PluginInstallAnswer, cancellationToken).ConfigureAwait(false)).Plugin ?? new InstalledPlugin();
    }

    public Task<PluginContent> GetContentAsync(string reference, CancellationToken cancellationToken = default) =>
        GetContentAsync(reference, Json.PluginContent, cancellationToken);

    public Task PushAsync(string reference, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        return PushAsync(new ReferenceBody { Reference = reference }, Json.ReferenceBody, cancellationToken);
    }

    public override Task<SyncResult> SyncAsync(SyncRequest request, CancellationToken cancellationToken = default)
    {
        ThrowIfForSkills(request?.AllowUnsigned, nameof(SyncRequest.AllowUnsigned));
        return base.SyncAsync(request!, cancellationToken);
    }

    public override async Task<IReadOnlyList<UpgradeOutcome>> UpgradeAsync(UpgradeRequest request, CancellationToken cancellationToken = default)
    {
        ThrowIfForSkills(request?.AllowSignerChange, nameof(UpgradeRequest.AllowSignerChange));
        return await base.UpgradeAsync(request!, cancellationToken).ConfigureAwait(false);
    }

    private static void ThrowIfForSkills(bool? value, string member)
    {
        if (value is not null)
        {
            throw new ArgumentException($"{member} is for skills only; leave it null for plugins.");
        }
    }
}
